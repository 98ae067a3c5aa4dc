using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Server;

public sealed class RuleWatchTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-rules-");
    readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_change_is_in_force_without_a_restart_and_a_bad_file_leaves_the_old_rules_in_force()
    {
        RuleFiles rules = RuleFiles.Open(new SettingValue(_folder.FullName, "--rules"), canRoute: false);
        using var watch = new RuleWatch(rules.All, _clock, NullLogger<RuleWatch>.Instance);
        await watch.StartAsync(TestContext.Current.CancellationToken);

        Write("capture.yaml", "rules: [{ name: pings, when: 'method : OPTIONS', drop: true }]");
        Write("correlation.yaml", "hub: 7\nrules: [{ name: own, from: icid }]");
        await UntilAsync(() => rules.Capture.Current.Rules.Count == 1 && rules.Correlation.Current.Hub == 7);
        Write("capture.yaml", "rules: [{ name: pings }]");
        await UntilAsync(() => rules.Capture.Trouble is not null);

        Assert.Equal("pings", Assert.Single(rules.Capture.Current.Rules).Name);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
