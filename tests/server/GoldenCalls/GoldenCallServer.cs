using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Calls;
using Homer.Search.Server.Asking;
using Homer.Search.Server.Commands;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;

namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>All captures of <c>tests/fixtures/calls</c>, imported as a user would, in a server that is asked about them.</summary>
public sealed class GoldenCallServer : IAsyncLifetime
{
    const string Messages = """
        query($query: String!) { messages(range: { from: "2023-01-01T00:00:00Z", to: "now" }, query: $query, first: 200) { nodes { callId } } }
        """;

    const string Call = """
        query($callId: String!) {
          call(callId: $callId) {
            callId method state outcome caller callee finalCode reasonPhrase ringDelayMs setupMs durationMs releasedBy messageCount retransmissionCount codecs explanation
            source { address port } destination { address port }
            findingNames findings { name severity sentence reference }
            qos { streams { from { port } to { port } heardBy codec packets lostPackets meanJitterMs mos } }
            ladder { text(width: 118) }
            session { legs { callId } edges { from to rule identifier } ladder { text(width: 118) } }
          }
        }
        """;

    readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("homer-golden-");
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource<Uri> _address = new();
    Task _running = Task.CompletedTask;

    public static string Folder { get; } = Path.Combine(Fixtures.Repository, "tests", "fixtures", "calls");

    public async ValueTask InitializeAsync()
    {
        if (Golden.IsRenewed)
        {
            foreach (WrittenCall call in Written())
                await File.WriteAllBytesAsync(Capture(call.Name), RawPcap.Of(call.Messages));
        }

        Assert.Equal(0, await HomerCommand.RunAsync(["import", .. Directory.GetFiles(Folder, "*.pcap").Order(StringComparer.Ordinal), "--data", _data.FullName], TextWriter.Null));
        ServerOptions options = ServerOptions.From(SettingValues.Read(
            new Dictionary<Setting, string>
            {
                [Settings.Data] = _data.FullName,
                [Settings.Roles] = "graphql",
                [Settings.Http] = "127.0.0.1:0",
                [Settings.LogLevel] = "error",
            },
            new Dictionary<string, string>(), _data.FullName));
        _running = RunningServer.RunAsync(options, TimeProvider.System, ServeAsync, _stop.Token);
        await Task.WhenAny(_address.Task, _running);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _data.Delete(recursive: true);
    }

    internal static IEnumerable<WrittenCall> Written() => WrittenCall.Read(File.ReadAllText(Path.Combine(Folder, "written.txt")));

    internal static string Capture(string name) => Path.Combine(Folder, $"{name}.pcap");

    /// <summary>What the server says of every call of a capture.</summary>
    internal async Task<string> TellAsync(string name)
    {
        using GraphQLQuestioner questioner = GraphQLQuestioner.At($"{await _address.Task}graphql");
        JsonElement messages = (await questioner.AskAsync(Messages, new { query = $"node : \"{name}.pcap\"" }, TestContext.Current.CancellationToken)).GetProperty("messages");
        var text = new StringBuilder();
        JsonElement session = default;
        foreach (string callId in messages.GetProperty("nodes").EnumerateArray().Select(message => Text(message, "callId")).Distinct().Order(StringComparer.Ordinal))
        {
            JsonElement call = (await questioner.AskAsync(Call, new { callId }, TestContext.Current.CancellationToken)).GetProperty("call");
            Tell(call, text);
            await AssertPageTellsAsync(call);
            session = call.GetProperty("session");
        }

        if (session.GetProperty("legs").GetArrayLength() > 1)
        {
            foreach (JsonElement edge in session.GetProperty("edges").EnumerateArray())
                text.Append(CultureInfo.InvariantCulture, $"{Text(edge, "from")} and {Text(edge, "to")} belong together by {Text(edge, "rule")}: {Text(edge, "identifier")}\n");
            text.Append('\n').Append(Text(session.GetProperty("ladder"), "text"));
        }

        return text.ToString();
    }

    /// <summary>The page, which reads fewer fields than GraphQL may be asked for, says the same.</summary>
    async Task AssertPageTellsAsync(JsonElement call)
    {
        using var http = new HttpClient();
        var address = new Uri(await _address.Task, $"calls/{Uri.EscapeDataString(Text(call, "callId"))}");
        string page = WebUtility.HtmlDecode(await http.GetStringAsync(address, TestContext.Current.CancellationToken));
        Assert.Contains(Text(call, "explanation"), page, StringComparison.Ordinal);
        Assert.All(call.GetProperty("findings").EnumerateArray(), finding => Assert.Contains(Text(finding, "sentence"), page, StringComparison.Ordinal));
        int shown = call.GetProperty("findings").GetArrayLength();
        Assert.Equal(shown, page.Split("<div class=\"finding\">").Length - 1);
    }

    static void Tell(JsonElement call, StringBuilder text)
    {
        // What is stored with the summary is what the messages say.
        Assert.Equal(
            call.GetProperty("findings").EnumerateArray().Select(finding => Text(finding, "name")).Intersect(CallFindings.SearchedNames).Order(),
            call.GetProperty("findingNames").EnumerateArray().Select(name => name.ToString()).Order());
        text.Append(CultureInfo.InvariantCulture, $"{Text(call, "explanation")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"call      {Text(call, "callId")}: {Text(call, "method")} {Text(call, "outcome")}, {Text(call, "state")}\n");
        text.Append(CultureInfo.InvariantCulture, $"from      {Text(call, "caller")} at {End(call, "source")}\nto        {Text(call, "callee")} at {End(call, "destination")}\n");
        text.Append(CultureInfo.InvariantCulture, $"final     {Text(call, "finalCode")} {Text(call, "reasonPhrase")}, released by {Text(call, "releasedBy")}\n");
        text.Append(CultureInfo.InvariantCulture, $"delays    rang {Text(call, "ringDelayMs")} ms, set up {Text(call, "setupMs")} ms, talked {Text(call, "durationMs")} ms\n");
        text.Append(CultureInfo.InvariantCulture, $"messages  {Text(call, "messageCount")}, sent again {Text(call, "retransmissionCount")}\ncodecs    {Text(call, "codecs")}\n");
        TellVoice(call.GetProperty("qos"), text);
        text.Append('\n');
        foreach (JsonElement finding in call.GetProperty("findings").EnumerateArray())
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{Text(finding, "severity")} {Text(finding, "name")} ({Text(finding, "reference")})\n  {Text(finding, "sentence")}\n");
        }

        text.Append(call.GetProperty("findings").GetArrayLength() == 0 ? "Nothing found.\n\n" : "\n");
        text.Append(Text(call.GetProperty("ladder"), "text")).Append('\n');
    }

    static void TellVoice(JsonElement qos, StringBuilder text)
    {
        if (qos.ValueKind == JsonValueKind.Null)
            return;
        foreach (JsonElement stream in qos.GetProperty("streams").EnumerateArray())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"voice     port {Text(stream.GetProperty("from"), "port")} to {Text(stream.GetProperty("to"), "port")}, heard by {Text(stream, "heardBy")}: {Text(stream, "codec")}, ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Text(stream, "packets")} packets, {Text(stream, "lostPackets")} lost, jitter {Rounded(stream, "meanJitterMs")} ms, MOS {Rounded(stream, "mos")}\n");
        }
    }

    static string Rounded(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDouble().ToString("0.##", CultureInfo.InvariantCulture)
        : "-";

    static string End(JsonElement call, string side) => $"{Text(call.GetProperty(side), "address")} port {Text(call.GetProperty(side), "port")}";

    static string Text(JsonElement element, string name) => element.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.Null } => "-",
        { ValueKind: JsonValueKind.Array } many => string.Join(' ', many.EnumerateArray()),
        var value => value.ToString(),
    };

    async Task ServeAsync(Uri address, CancellationToken stopping)
    {
        _address.SetResult(address);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
