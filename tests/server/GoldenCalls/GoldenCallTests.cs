namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>
/// Calls as captures, some made with real agents, some written by hand, and what the server says of them: summary, findings and ladder. Each file of words
/// was read by a person before it was kept.
/// </summary>
public sealed class GoldenCallTests(GoldenCallServer server) : IClassFixture<GoldenCallServer>
{
    public static TheoryData<string> Captures => [.. Directory.GetFiles(GoldenCallServer.Folder, "*.pcap").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task A_call_is_told_as_it_was(string capture) => Golden.Check($"tests/fixtures/calls/{capture}.txt", await server.TellAsync(capture));

    [Fact]
    public void The_captures_of_written_calls_are_those_written()
    {
        foreach (WrittenCall call in GoldenCallServer.Written())
            Assert.Equal(RawPcap.Of(call.Messages), File.ReadAllBytes(GoldenCallServer.Capture(call.Name)));
    }

    [Fact]
    public void There_are_forty_calls_and_more() => Assert.InRange(Captures.Count, 40, 200);
}
