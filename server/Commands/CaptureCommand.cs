using System.CommandLine;
using System.Globalization;
using Homer.Search.Ingest;
using Homer.Search.Server.Options;
using Homer.Search.Server.Sending;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Shows what each rule of the capture plan would do to the messages of a file. Stores nothing.</summary>
static class CaptureCommand
{
    /// <summary>Octets of an example that are shown.</summary>
    const int LongestExample = 80;

    public static Command Create()
    {
        var file = new Option<string>("--dry-run")
        {
            HelpName = "file",
            Required = true,
            Description = "pcap, pcapng, or HEP packets back to back (.hep).",
        };
        var command = new Command("capture", "Try the capture plan on a capture file: what each rule would do. Nothing is stored.") { file };
        var settings = new SettingOptions(command, Settings.Rules);
        command.SetAction(result => Try(settings.Read(result), result.GetValue(file)!));
        return command;
    }

    static int Try(ServerOptions options, string file)
    {
        CapturePlan plan = options.Rules.Capture.Current;
        if (plan.Rules.Count == 0)
            throw CommandException.Usage($"there is no rule to try: give --rules a folder with a {CapturePlan.FileName}.");
        PlanReport report = PlanTrial.Run(
            plan, PacketSource.Of(file, begin: null, static remark => Console.Error.WriteLine($"homer: {remark}.")), TimeProvider.System);
        var table = new Table().AddColumns("rule", "does", "messages", "e.g.");
        foreach (RuleReport rule in report.Rules)
        {
            string example = rule.Example is { Length: > LongestExample } longer ? longer[..LongestExample] + "…" : rule.Example ?? "";
            table.AddRow(
                Markup.Escape(rule.Rule.Name), Markup.Escape(rule.Rule.Does), rule.Messages.ToString("N0", CultureInfo.InvariantCulture), Markup.Escape(example));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Packets:N0} packets: {report.Documents:N0} documents would be stored, {report.Dropped:N0} messages dropped."));
        return 0;
    }
}
