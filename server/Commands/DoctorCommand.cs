using System.CommandLine;
using Homer.Search.Server.Doctor;
using Homer.Search.Server.Options;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Looks whether this machine is fit for the server, and says what to do about what is not.</summary>
static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command(
            "doctor", "Check ports, disk, store, clock and kernel settings, with what to do; exit code 1 when something is wrong.");
        var settings = new SettingOptions(command, [Settings.Data, Settings.Hep, Settings.Http, .. Settings.OfStore, Settings.Retention, Settings.Rules]);
        command.SetAction(async (result, cancellation) =>
        {
            IReadOnlyList<Finding> findings = await new Checkup(settings.Read(result), TimeProvider.System).RunAsync(cancellation);
            foreach (Finding finding in findings)
                AnsiConsole.MarkupLine($"{Mark(finding.Verdict)} [bold]{Markup.Escape(finding.Subject)}[/]: {Markup.Escape(finding.Text)}");
            return findings.Any(finding => finding.Verdict == Verdict.Wrong) ? CommandException.Failed : 0;
        });
        return command;
    }

    static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "[green]good [/]",
        Verdict.Doubtful => "[yellow]doubt[/]",
        _ => "[red]wrong[/]",
    };
}
