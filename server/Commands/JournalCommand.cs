using System.CommandLine;
using System.Globalization;
using System.Net;
using Homer.Search.Journal;
using Homer.Search.Server.Options;
using Homer.Search.Server.Sending;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Shows, checks and replays what was received. Works beside a running server, and changes nothing.</summary>
static class JournalCommand
{
    public static Command Create() => new("journal", "Show, check and replay what was received; also while the server runs.")
    {
        List(),
        Verify(),
        Replay(),
    };

    static Command List()
    {
        var command = new Command("list", "The segments of the journal and of the archive behind it.");
        var settings = new SettingOptions(command, Settings.Data);
        command.SetAction(result =>
        {
            (Archive archive, IReadOnlyList<SegmentSummary> segments) = Open(settings.Read(result));
            var table = new Table().AddColumns("segment", "state", "from position", "first arrival", "last arrival", "packets", "bytes");
            foreach (SegmentSummary segment in segments)
            {
                table.AddRow(
                    Number(segment.Number), segment.IsSealed ? "sealed" : "live", segment.Start.ToString(CultureInfo.InvariantCulture),
                    $"{segment.First}", $"{segment.Last}", segment.Records is { } records ? Number(records) : "", Number(segment.Bytes));
            }

            AnsiConsole.Write(table);
            Console.WriteLine($"{Number(segments.Count)} segments, {Number(archive.Bytes)} bytes.");
            return 0;
        });
        return command;
    }

    static Command Verify()
    {
        var command = new Command("verify", "Hold every packet to its checksum; exit code 1 when octets are damaged.");
        var settings = new SettingOptions(command, Settings.Data);
        command.SetAction((result, cancellation) => Task.Run(() =>
        {
            (Archive archive, IReadOnlyList<SegmentSummary> segments) = Open(settings.Read(result));
            long packets = 0;
            long damaged = 0;
            foreach (SegmentSummary segment in segments)
            {
                var damage = new DamageCount();
                foreach (ArchivedPacket _ in archive.Packets(segment, damage))
                {
                    cancellation.ThrowIfCancellationRequested();
                    packets++;
                }

                damaged += damage.Octets;
                if (damage.Octets > 0)
                {
                    Console.WriteLine(
                        $"segment {segment.Number}: {Number(damage.Octets)} octets behind position {segment.Start} are damaged; their packets are passed over.");
                }
            }

            string verdict = damaged == 0 ? "nothing damaged" : $"{Number(damaged)} octets damaged";
            Console.WriteLine($"{Number(segments.Count)} segments, {Number(packets)} packets, {verdict}.");
            return damaged == 0 ? 0 : CommandException.Failed;
        }, cancellation));
        return command;
    }

    static Command Replay()
    {
        var to = new Option<string>("--to") { HelpName = "address:port", Required = true, Description = "The capture server, over TCP." };
        var from = new Option<long>("--from") { HelpName = "position", Description = "Where to begin, as `journal list` shows. Default: the oldest packet." };
        var rate = new Option<int?>("--rate") { HelpName = "n", Description = "Packets a second. Default: as fast as it takes them." };
        var command = new Command("replay", "Send what was received to another capture server, with its capture times.") { to, from, rate };
        var settings = new SettingOptions(command, Settings.Data);
        command.SetAction((result, cancellation) => ReplayAsync(
            settings.Read(result), SettingReading.Address(new SettingValue(result.GetValue(to)!, "--to")), result.GetValue(from), result.GetValue(rate),
            TimeProvider.System, cancellation));
        return command;
    }

    static async Task<int> ReplayAsync(ServerOptions options, IPEndPoint to, long from, int? rate, TimeProvider clock, CancellationToken cancellation)
    {
        (Archive archive, IReadOnlyList<SegmentSummary> segments) = Open(options);
        using HepSender sender = await HepSender.ConnectAsync(to, tcp: true, cancellation);
        var damage = new DamageCount();
        var pace = new SendingPace(rate);
        long started = clock.GetTimestamp();
        long packets = 0;
        foreach (ArchivedPacket packet in segments.SelectMany(segment => archive.Packets(segment, damage)).Where(packet => packet.Position >= from))
        {
            if (pace.Next(clock.GetElapsedTime(started)) is var wait && wait > TimeSpan.Zero)
            {
                await sender.FlushAsync(cancellation);
                await Task.Delay(wait, clock, cancellation);
            }

            await sender.SendAsync(packet.Packet, cancellation);
            packets++;
        }

        await sender.FlushAsync(cancellation);
        if (damage.Octets > 0)
            Console.Error.WriteLine($"homer: {Number(damage.Octets)} octets are damaged; their packets were passed over.");
        Console.WriteLine($"Replayed {Number(packets)} packets to {to}.");
        return packets > 0 ? 0 : throw CommandException.Failure($"there is nothing to replay from position {from} on.");
    }

    static (Archive Archive, IReadOnlyList<SegmentSummary> Segments) Open(ServerOptions options)
    {
        try
        {
            Archive archive = Archive.Open(options.JournalFolder);
            IReadOnlyList<SegmentSummary> segments = archive.Segments;
            return segments.Count > 0
                ? (archive, segments)
                : throw CommandException.Failure($"there is no journal in {options.JournalFolder}; correct --data.");
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"the journal in {options.JournalFolder} cannot be read: {e.Message}");
        }
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
