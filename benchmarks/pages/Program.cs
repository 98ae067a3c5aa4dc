using System.Globalization;
using Homer.Search.Benchmarks.Pages;

// How long the page of a call takes while many messages are stored. `pages load FOLDER [messages]` fills a data folder through the indexer;
// `pages measure FOLDER [times] [homer.dll]` starts the server on it, asks for the pages of its sessions over HTTP, and prints one JSON line.
switch (args)
{
    case ["load", var folder, .. var rest]:
        await Loading.RunAsync(folder, Number(rest, 10_000_000));
        break;
    case ["measure", var folder, .. var rest]:
        await Measuring.RunAsync(folder, Number(rest, 500), rest.Length > 1 ? rest[1] : null);
        break;
    default:
        Console.Error.WriteLine("Usage: pages load FOLDER [messages] | pages measure FOLDER [times] [homer.dll]");
        return 2;
}

return 0;

static int Number(string[] rest, int usual) => rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : usual;
