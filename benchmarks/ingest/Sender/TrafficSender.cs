using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>The sending process: offers messages at a rate and prints what it sent.</summary>
static class TrafficSender
{
    /// <summary>With a rate of 0: more than anything takes.</summary>
    const int Unbounded = 400_000;

    /// <summary>Longer than any call.</summary>
    const int WarmUpMilliseconds = 20_000;

    /// <summary>Seconds beyond the planned ones after which it ends with less than planned.</summary>
    const int Patience = 5;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        var sinks = new List<PacketSink>();
        for (int connection = 0; connection < options.Connections; connection++)
        {
            bool isTcp = options.Transport == "tcp";
            var socket = new Socket(AddressFamily.InterNetwork, isTcp ? SocketType.Stream : SocketType.Dgram, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, options.Port));
            sinks.Add(new PacketSink(socket));
        }

        int rate = options.Rate == 0 ? Unbounded : options.Rate;
        long started = Stopwatch.GetTimestamp();
        await SendAsync(new Traffic(rate), sinks, options.Seconds, (long)rate * options.Seconds);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var sent = new SenderReport(sinks.Sum(sink => sink.Packets), seconds, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);
        Console.WriteLine(JsonSerializer.Serialize(sent));
    }

    /// <summary>
    /// Millisecond by millisecond of the scripts' time, no faster than the clock; when the receiver makes it wait, it catches up. It begins
    /// amid calls, as a capture that is switched on does.
    /// </summary>
    static async Task SendAsync(Traffic traffic, List<PacketSink> sinks, int seconds, long messages)
    {
        for (long past = -WarmUpMilliseconds; past < 0; past++)
            traffic.Tick(past, default, sink: null);

        TimeProvider clock = TimeProvider.System;
        long started = Stopwatch.GetTimestamp();
        for (long tick = 0; sinks.Sum(sink => sink.Packets) < messages; tick++)
        {
            while (Stopwatch.GetElapsedTime(started).TotalMilliseconds < tick)
                await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
            if (tick > (seconds + Patience) * 1000)
                break;
            PacketSink sink = sinks[(int)(tick % sinks.Count)];
            traffic.Tick(tick, Instant.Now(clock), sink);
            sink.Flush();
        }
    }
}

/// <summary>What the sender tells its parent.</summary>
sealed record SenderReport(long Sent, double Seconds, double CpuSeconds);
