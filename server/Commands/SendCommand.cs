using System.CommandLine;
using System.Globalization;
using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Server.Options;
using Homer.Search.Server.Sending;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Plays a capture file, a HEP file or built-in calls to a capture server.</summary>
static class SendCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "pcap, pcapng, or HEP packets back to back (.hep); without it, made-up calls.",
        };
        var to = new Option<string>("--to") { HelpName = "address:port", Description = "The capture server. Default: 127.0.0.1:9060." };
        var over = new Option<string>("--over") { HelpName = "udp|tcp", Description = "Default: tcp, which loses nothing." };
        var rate = new Option<string>("--rate") { HelpName = "n|max", Description = "Packets a second. Default: 1000." };
        var count = new Option<long?>("--count")
        {
            HelpName = "n",
            Description = "Stop after so many packets; a file is played again until then.",
        };
        var howLong = new Option<string>("--for")
        {
            HelpName = "30s|5m|1h",
            Description = "Stop after this time; a file is played again until then.",
        };
        var now = new Option<bool>("--now") { Description = "Move the capture times of a pcap so that its first message is captured now." };
        var command = new Command("send", "Play a pcap, a HEP file or made-up calls to a capture server.")
        {
            file, to, over, rate, count, howLong, now,
        };
        command.SetAction((result, cancellation) => SendAsync(
            new Sending(
                result.GetValue(file), SettingReading.Address(new SettingValue(result.GetValue(to) ?? "127.0.0.1:9060", "--to")),
                Over(result.GetValue(over) ?? "tcp"), Rate(result.GetValue(rate) ?? "1000"), result.GetValue(count),
                Time(result.GetValue(howLong)), result.GetValue(now)),
            TimeProvider.System, cancellation));
        return command;
    }

    sealed record Sending(string? File, IPEndPoint To, bool Tcp, double? Rate, long? Count, TimeSpan? For, bool Now);

    static async Task<int> SendAsync(Sending sending, TimeProvider clock, CancellationToken cancellation)
    {
        using HepSender sender = await HepSender.ConnectAsync(sending.To, sending.Tcp, cancellation);
        List<string> remarks = [];
        long packets = 0;
        long octets = 0;
        long started = clock.GetTimestamp();
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async screen =>
        {
            ProgressTask bar = screen.AddTask(Markup.Escape($"{sending.File ?? "made-up calls"} to {sending.To}"));
            bar.IsIndeterminate = sending.Count is null && sending.For is null;
            var pace = new SendingPace(sending.Rate);
            TimeSpan shown = TimeSpan.Zero;
            foreach (byte[] packet in Packets(sending, clock, remarks.Add))
            {
                TimeSpan elapsed = clock.GetElapsedTime(started);
                TimeSpan wait = pace.Next(elapsed);
                if (packets == sending.Count || elapsed >= sending.For || cancellation.IsCancellationRequested)
                    break;
                if (wait > TimeSpan.Zero)
                {
                    await sender.FlushAsync(cancellation);
                    await Task.Delay(wait, clock, CancellationToken.None);
                }

                await sender.SendAsync(packet, cancellation);
                packets++;
                octets += packet.Length;
                if (elapsed - shown > TimeSpan.FromMilliseconds(100))
                {
                    shown = elapsed;
                    bar.Value = 100 * Math.Max(
                        sending.Count is { } all ? (double)packets / all : 0, sending.For is { } time ? elapsed / time : 0);
                    bar.Description = Markup.Escape(
                        string.Create(CultureInfo.InvariantCulture, $"{packets:N0} packets, {packets / elapsed.TotalSeconds:N0} a second"));
                }
            }

            await sender.FlushAsync(CancellationToken.None);
            bar.IsIndeterminate = false;
            bar.Value = 100;
        });
        TimeSpan took = clock.GetElapsedTime(started);
        foreach (string remark in remarks.Distinct())
            Console.Error.WriteLine($"homer: {remark}.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Sent {packets:N0} packets ({octets / 1e6:N1} MB) to {sending.To} in {took.TotalSeconds:N1} s, {packets / Math.Max(took.TotalSeconds, 0.001):N0} a second."));
        return packets > 0 ? 0 : throw CommandException.Failure($"{sending.File ?? "the scenario"} gave nothing to send.");
    }

    /// <summary>All packets to send; a file again and again when a count or a time is to be filled.</summary>
    static IEnumerable<byte[]> Packets(Sending sending, TimeProvider clock, Action<string> remark)
    {
        Instant now = Instant.Now(clock);
        if (sending.File is not { } path)
        {
            foreach (byte[] packet in PacketSource.OfScenario(Environment.TickCount, now, sending.Rate ?? 100_000))
                yield return packet;
            yield break;
        }

        bool again;
        do
        {
            again = false;
            foreach (byte[] packet in PacketSource.Of(path, sending.Now ? Instant.Now(clock) : null, remark))
            {
                again = sending.Count is not null || sending.For is not null;
                yield return packet;
            }
        }
        while (again);
    }

    static bool Over(string text) => text switch
    {
        "tcp" => true,
        "udp" => false,
        _ => throw CommandException.Usage($"--over {text}: give udp or tcp."),
    };

    static double? Rate(string text)
    {
        if (text == "max")
            return null;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate) && rate > 0
            ? rate
            : throw CommandException.Usage($"--rate {text}: give packets a second, e.g. 1000, or max.");
    }

    static TimeSpan? Time(string? text)
    {
        if (text is null)
            return null;
        double seconds = text[^1..] switch { "s" => 1, "m" => 60, "h" => 3600, _ => 0 };
        return double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && seconds * number > 0
            ? TimeSpan.FromSeconds(seconds * number)
            : throw CommandException.Usage($"--for {text}: give a time, e.g. 30s, 5m or 1h.");
    }
}
