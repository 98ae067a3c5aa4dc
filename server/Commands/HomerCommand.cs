using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Homer.Search.Server.Options;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>The program's command line.</summary>
static class HomerCommand
{
    const int WidthOfFiles = 240;

    /// <summary>Longer than a server takes to store what it has received.</summary>
    static readonly TimeSpan TerminationLimit = TimeSpan.FromSeconds(20);

    public static RootCommand Create()
    {
        var root = new RootCommand("Homer.Search: receives HEP, explains calls. Without a command it runs the server.");
        RunCommand.AddTo(root);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(SendCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(SearchCommand.Create());
        root.Subcommands.Add(CallCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(ReindexCommand.Create());
        root.Subcommands.Add(CaptureCommand.Create());
        root.Subcommands.Add(JournalCommand.Create());
        root.Subcommands.Add(RefusedCommand.Create());
        root.Subcommands.Add(SetupCommand.Create());
        return root;
    }

    /// <summary>Runs what the arguments ask for; a failure is one line on <paramref name="errors"/>.</summary>
    /// <returns>0 when done; 1 when it failed; 2 for wrong usage or an address that is taken.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter errors)
    {
        // A file or a pipe has no width of its own: nothing is cut for it.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfFiles;
        ParseResult result = Create().Parse(arguments);
        if (result.Errors.Count > 0 && result.Action is not HelpAction)
        {
            await errors.WriteLineAsync($"homer: {Explain(result)}");
            return CommandException.WrongUsage;
        }

        try
        {
            return await result.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationLimit });
        }
        catch (CommandException e)
        {
            await errors.WriteLineAsync($"homer: {e.Message}");
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("homer: interrupted.");
            return CommandException.Failed;
        }
    }

    static string Explain(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string see = $"`{Name(result.CommandResult)} --help` lists what there is.";
        if (result.UnmatchedTokens is not [{ } token, ..])
            return $"{result.Errors[0].Message.TrimEnd('.')}. {see}";
        string word = token.Split('=')[0];
        if (!word.StartsWith('-'))
            return $"{word} is not expected here{Nearest.Hint(word, command.Subcommands.Select(sub => sub.Name))} {see}";
        IEnumerable<string> known = command.Options.Select(option => option.Name);
        return $"unknown option {word}{Nearest.Hint(word, known)} {see}";
    }

    static string Name(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : "homer";
}
