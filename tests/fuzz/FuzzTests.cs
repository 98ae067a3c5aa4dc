namespace Homer.Search.Tests.Fuzz;

/// <summary>The seeds of each target and some tens of thousand inputs made of them, the same at each run. For longer see <see cref="ManualRun"/>.</summary>
public sealed class FuzzTests
{
    const int Inputs = 20_000;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Each_reader_survives_and_reads_what_a_slow_one_reads(string name)
    {
        var campaign = new Campaign(FuzzTargets.All.First(target => target.Name == name), seed: 4);
        campaign.Run(static executions => executions < Inputs);
        Assert.True(campaign.Finds.Count == 0, string.Join("\n", campaign.Finds.Select(static find => $"{find.Kind} {find.Key}: {find.Detail}\n{Convert.ToHexString(find.Input)}")));
    }

    [Fact]
    public void A_reader_that_fails_is_found_and_its_input_shortened()
    {
        var campaign = new Campaign(new FailingTarget(), seed: 4);
        campaign.Run(static executions => executions < Inputs);
        Assert.Equal(["crash", "difference"], campaign.Finds.Select(static find => find.Kind).Order());
        Assert.Equal(["(", "b"], campaign.Finds.Select(static find => FuzzTarget.Text(find.Input)).Order());
    }

    /// <summary>Throws at a bracket and miscounts what holds a <c>b</c>.</summary>
    sealed class FailingTarget : FuzzTarget
    {
        internal override string Name => "failing";

        internal override IEnumerable<byte[]> Seeds => [Octets("a long input")];

        internal override IReadOnlyList<string> Words { get; } = ["(", "b"];

        internal override Facts Read(byte[] input) => input.Contains((byte)'(')
            ? throw new FormatException("A bracket.")
            : new Facts().Add("length", input.Length + (input.Contains((byte)'b') ? 1 : 0));

        internal override Facts? Reread(byte[] input) => new Facts().Add("length", input.Length);
    }
}
