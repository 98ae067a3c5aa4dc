using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Homer.Search.Ingest;

/// <summary>
/// Takes HEP over WebSocket, as hep-js and other agents in JavaScript send it: one message, binary or text, is one packet. When the journal is full it stops
/// reading, so that the agent has to wait.
/// </summary>
public static class HepWebSocket
{
    /// <summary>Where agents connect.</summary>
    public const string Path = "/hep";

    /// <summary>Adds the endpoint; the application has to use WebSockets.</summary>
    public static void MapHep(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, AcceptAsync);

    static async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            await context.Response.WriteAsync($"HEP is taken here over WebSocket, one packet a message: ws://{context.Request.Host}{Path}\n", context.RequestAborted);
            return;
        }

        IServiceProvider services = context.RequestServices;
        var meter = services.GetRequiredService<IngestMeter>();
        var gate = services.GetRequiredService<Gate>();
        var peer = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);
        if (!gate.Admits(PeerAddress.From(peer.Address)))
        {
            meter.Drop(DropReason.PeerNotAllowed);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        meter.ConnectionOpened();
        try
        {
            await ReadAsync(socket, peer, gate, services.GetRequiredService<CaptureJournal>(), meter, services.GetRequiredService<TimeProvider>(), ending.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The agent went away or the server stops; what was not whole was not received.
            return;
        }
        finally
        {
            meter.ConnectionClosed();
        }
    }

    static async Task ReadAsync(
        WebSocket socket, IPEndPoint peer, Gate gate, CaptureJournal journal, IngestMeter meter, TimeProvider clock, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(HepFramer.MaximumLength + 1);
        try
        {
            for (int length = 0; ;)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
                    return;
                }

                if (length > HepFramer.MaximumLength)
                {
                    meter.Reject(HepRejection.BadTotalLength);
                    await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "A HEP packet has at most 65535 octets.", cancellation);
                    return;
                }

                if (!received.EndOfMessage)
                    continue;
                await PublishAsync(buffer.AsMemory(0, length), peer, gate, journal, meter, clock, cancellation);
                length = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static async ValueTask PublishAsync(
        ReadOnlyMemory<byte> packet, IPEndPoint peer, Gate gate, CaptureJournal journal, IngestMeter meter, TimeProvider clock, CancellationToken cancellation)
    {
        var arrival = new Arrival(Instant.Now(clock), PeerAddress.From(peer.Address), (ushort)peer.Port, TransportProtocol.Tcp);
        HepRejection rejection = PacketDoor.Check(packet.Span);
        if (rejection != HepRejection.None)
        {
            meter.Reject(rejection);
            return;
        }

        if (gate.Refuses(packet.Span, arrival.Peer) is { } reason)
        {
            meter.Drop(reason);
            return;
        }

        while (!journal.TryAppend(packet.Span, arrival))
            await journal.WaitForRoomAsync(cancellation);
        meter.AddReceived(1);
    }
}
