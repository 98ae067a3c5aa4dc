using System.CommandLine;
using System.Globalization;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Homer.Search.Server.Sending;
using Homer.Search.Store;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>
/// Stores the SIP messages and HEP packets of capture files, without a server: through the same journal and indexer, with the files' times.
/// </summary>
static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "pcap, pcapng, or HEP packets back to back (.hep).",
        };
        var command = new Command("import", "Store the SIP messages and HEP packets of capture files in a data folder that no server is using.") { files };
        var settings = new SettingOptions(command, [Settings.Data, .. Settings.OfStore, Settings.Rules, Settings.GeoIp]);
        command.SetAction((result, cancellation) =>
            ImportAsync(settings.Read(result), result.GetValue(files)!, TimeProvider.System, cancellation));
        return command;
    }

    static async Task<int> ImportAsync(ServerOptions options, string[] files, TimeProvider clock, CancellationToken cancellation)
    {
        await using DataFolder data = await OpenAsync(options with { Roles = Roles.Ingest }, clock);
        CaptureJournal journal = data.Journal!;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddSingleton(clock).AddSingleton(journal).AddSingleton(data.Store)
            .AddSingleton<IngestStatusSource>()
            .AddIngest(new IngestOptions { Listen = [], Plan = options.Rules.Capture, Names = options.Rules.Names(options.Places) });
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        using IHost host = builder.Build();
        await host.StartAsync(cancellation);
        long packets = 0;
        await AnsiConsole.Status().StartAsync("Reading", async status =>
        {
            foreach (string file in files)
            {
                status.Status = Markup.Escape($"Reading {file}");
                packets += await AppendAsync(journal, file, clock, cancellation);
            }

            status.Status = "Storing";
            IngestStatusSource ingest = host.Services.GetRequiredService<IngestStatusSource>();
            while (journal.Checkpoint < journal.End)
            {
                if (ingest.Snapshot().Trouble is { } trouble)
                    throw CommandException.Failure(trouble);
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellation);
            }
        });
        await host.StopAsync(cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Imported {packets:N0} messages."));
        return packets > 0 ? 0 : throw CommandException.Failure("there was nothing to import.");
    }

    static async Task<DataFolder> OpenAsync(ServerOptions options, TimeProvider clock)
    {
        try
        {
            return await DataFolder.OpenAsync(options, clock);
        }
        catch (CommandException e)
        {
            throw CommandException.Failure($"{e.Message} To a running server, use `homer send`.");
        }
    }

    static async Task<long> AppendAsync(CaptureJournal journal, string file, TimeProvider clock, CancellationToken cancellation)
    {
        long packets = 0;
        foreach (byte[] packet in PacketSource.Of(file, begin: null, remark => Console.Error.WriteLine($"homer: {remark}.")))
        {
            var arrival = new Arrival(Instant.Now(clock), Peer: new UInt128(0, 0xFFFF_7F00_0001), PeerPort: 0, TransportProtocol.Unknown);
            while (!journal.TryAppend(packet, arrival))
                await journal.WaitForRoomAsync(cancellation);
            packets++;
        }

        return packets;
    }
}
