using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>Every message of the way in. What anybody on the network can cause is told at debug.</summary>
static partial class IngestLog
{
    [LoggerMessage(1, LogLevel.Information, "HEP over UDP on {Address}; the kernel holds {ReceiveBufferBytes} octets of waiting datagrams")]
    public static partial void UdpListening(this ILogger log, IPEndPoint address, int receiveBufferBytes);

    [LoggerMessage(2, LogLevel.Information, "HEP over {Transport} on {Address}")]
    public static partial void StreamListening(this ILogger log, string transport, IPEndPoint address);

    [LoggerMessage(3, LogLevel.Debug, "Refused a packet from {Peer}: {Reason}; it begins {FirstBytes}")]
    public static partial void PacketRefused(this ILogger log, string peer, HepRejection reason, string firstBytes);

    [LoggerMessage(4, LogLevel.Debug, "Closed the connection from {Peer}: {Reason}; the frame begins {FirstBytes}")]
    public static partial void ConnectionRefused(this ILogger log, EndPoint? peer, HepRejection reason, string firstBytes);

    [LoggerMessage(5, LogLevel.Debug, "The connection from {Peer} broke: {Reason}")]
    public static partial void ConnectionBroke(this ILogger log, EndPoint? peer, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Closed a new connection from {Peer}: {Bound} are open on {Address} already")]
    public static partial void TooManyConnections(this ILogger log, EndPoint? peer, int bound, IPEndPoint address);

    [LoggerMessage(7, LogLevel.Error, "Accepting on {Address} failed: {Reason}; it is tried again")]
    public static partial void AcceptFailed(this ILogger log, IPEndPoint address, string reason);

    [LoggerMessage(8, LogLevel.Error, "Receiving on {Address} failed: {Reason}; it is tried again")]
    public static partial void ReceiveFailed(this ILogger log, IPEndPoint address, string reason);

    [LoggerMessage(9, LogLevel.Information, "Indexing journal {Journal:x8} from {Checkpoint}; the store has parts up to {ReplayEnd}")]
    public static partial void IndexingFrom(this ILogger log, uint journal, long checkpoint, long replayEnd);

    [LoggerMessage(10, LogLevel.Warning, "The store did not take a unit, attempt {Attempt}; the same again in {Pause}")]
    public static partial void StoreRefused(this ILogger log, Exception reason, int attempt, TimeSpan pause);

    [LoggerMessage(11, LogLevel.Critical,
        "Indexing has stopped: the store will not take what comes. Packets are received until the journal is full; mend it, start again")]
    public static partial void IndexingStopped(this ILogger log, Exception reason);

    [LoggerMessage(12, LogLevel.Error,
        "A reader failed on the record at {Position}, fault {Faults} since the start; it is left out and stays in the archive")]
    public static partial void ReaderFailed(this ILogger log, Exception reason, long position, long faults);

    [LoggerMessage(13, LogLevel.Warning, "The last unit was not stored before the process had to stop; it is stored after the next start")]
    public static partial void StoppedBeforeStored(this ILogger log, Exception reason);

    [LoggerMessage(14, LogLevel.Debug, "Closed the connection from {Peer}: {Reason} within {Limit}")]
    public static partial void ConnectionExpired(this ILogger log, EndPoint? peer, string reason, TimeSpan limit);

    [LoggerMessage(15, LogLevel.Information, "Handshakes now show the certificate that stands in {Path}")]
    public static partial void CertificateRenewed(this ILogger log, string path);

    [LoggerMessage(16, LogLevel.Error, "The certificate in {Path} has changed and cannot be used: {Reason} Handshakes go on with the one before")]
    public static partial void CertificateKept(this ILogger log, string path, string reason);

    [LoggerMessage(17, LogLevel.Warning, "The capture agent {Agent} at {Peer} has gone silent; its last packet came at {LastSeen}")]
    public static partial void AgentSilent(this ILogger log, string agent, IPAddress peer, Instant lastSeen);

    [LoggerMessage(18, LogLevel.Information, "The capture agent {Agent} at {Peer} is heard again")]
    public static partial void AgentHeardAgain(this ILogger log, string agent, IPAddress peer);
}
