using System.CommandLine;
using Homer.Search.Calls;

namespace Homer.Search.Server.Commands;

/// <summary>Writes the messages of a call, or those of a search, to a file.</summary>
static class ExportCommand
{
    const string DefaultFormat = "pcapng";

    public static Command Create()
    {
        var id = new Argument<string?>("id") { Arity = ArgumentArity.ZeroOrOne, Description = "The Call-ID; all its legs are exported. Left out, a search is." };
        var format = new Option<string>("--format")
        {
            HelpName = string.Join('|', MessageExport.Formats),
            Description = $"Format of the file; {MessageExport.Scenario} is a scenario for SIPp, {MessageExport.Bundle} all of them in one. Default: {DefaultFormat}.",
        };
        format.AcceptOnlyFromAmong([.. MessageExport.Formats]);
        var output = new Option<string?>("--out") { HelpName = "file", Description = "File to write; standard output when left out." };
        var own = new Option<bool>("--own") { Description = "Only messages with this Call-ID, no other legs." };
        var masked = new Option<bool>("--masked") { Description = "Without numbers, names and credentials." };
        var query = new Option<string?>("--query") { HelpName = "query", Description = "Messages to find, in KQL." };
        var from = new Option<string?>("--from") { HelpName = "time", Description = "ISO 8601 or relative. Default: now-1h." };
        var to = new Option<string?>("--to") { HelpName = "time", Description = "Default: now." };
        Option<string> url = SearchCommand.Url();
        var command = new Command("export", "Write the messages of a call with all its legs, or of a search, to a file.") { id, format, output, own, masked, query, from, to, url };
        command.SetAction(async (result, cancellation) =>
        {
            (string Name, string? Value)[] asked =
            [
                ("callId", result.GetValue(id)), ("legs", result.GetValue(own) ? "own" : null), ("masked", result.GetValue(masked) ? "true" : null),
                ("query", result.GetValue(query)), ("from", result.GetValue(from)), ("to", result.GetValue(to)),
            ];
            string parameters = string.Join('&', asked.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
            string server = result.GetValue(url) ?? SearchCommand.DefaultUrl;
            if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? address))
                throw CommandException.Usage($"--url {server}: give the address of the server's GraphQL, e.g. {SearchCommand.DefaultUrl}.");
            await CopyAsync(new Uri(address, $"/export/{result.GetValue(format) ?? DefaultFormat}?{parameters}"), result.GetValue(output), cancellation);
            return 0;
        });
        return command;
    }

    static async Task CopyAsync(Uri address, string? path, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw CommandException.Failure((await answer.Content.ReadAsStringAsync(cancellation)).Trim());
            await using Stream target = path is null ? Console.OpenStandardOutput() : File.Create(path);
            await answer.Content.CopyToAsync(target, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw CommandException.Failure($"no server answers at {address}, or it broke off ({e.Message.TrimEnd('.')}); start it or correct --url.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path ?? "standard output"} cannot be written: {e.Message}");
        }
    }
}
