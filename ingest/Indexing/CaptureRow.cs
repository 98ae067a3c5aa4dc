using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>The fields that every captured document has, from the packet around it: where and when it was captured, between whom.</summary>
readonly ref struct CaptureRow
{
    /// <summary>Octets that IPv4 begins with when mapped into IPv6.</summary>
    const int MappedPrefixLength = 12;

    public required HepPacket Packet { get; init; }
    public required Arrival Arrival { get; init; }
    public required CaptureTime Time { get; init; }

    /// <summary>Place of the record in the journal.</summary>
    public required long Position { get; init; }

    /// <summary>What is added to rows.</summary>
    public required Enrichment Names { get; init; }

    /// <summary>What <c>observer.name</c> says, UTF-8.</summary>
    public required ReadOnlySpan<byte> AgentName { get; init; }

    /// <summary>What <c>hep.vendor</c> says; mostly empty.</summary>
    public ReadOnlySpan<byte> OtherChunks { get; init; }

    /// <summary>The journal's identifier as <c>homer.journal</c> shows it, UTF-8.</summary>
    public required ReadOnlySpan<byte> JournalId { get; init; }

    /// <summary>
    /// Capture time of message <paramref name="index"/> of the payload: a microsecond apart, since agents give them one stamp.
    /// </summary>
    public Instant TimeOf(int index) => new(Time.Time.Nanoseconds + (index * 1000L));

    /// <summary>Adds a row with these fields.</summary>
    /// <param name="index">Number of the message in the payload.</param>
    public int AddTo(DocumentBatch batch, ReadOnlySpan<byte> protocol, int index)
    {
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, TimeOf(index));
        batch.Set(row, Fields.Ingested, Arrival.Time);
        if (Time.AsSent is { } asSent)
            batch.Set(row, Fields.CaptureTime, asSent);
        batch.Set(row, Fields.Sequence, Position + index);
        batch.Set(row, Fields.JournalId, JournalId);
        SetPeer(batch, row);
        batch.Set(row, Fields.CaptureId, Packet.CaptureAgentId);
        batch.Set(row, Fields.AgentName, AgentName);
        batch.Set(row, Fields.CorrelationId, Packet.CorrelationId);
        batch.Set(row, Fields.HepVersion, Packet.Version);
        batch.Set(row, Fields.SourceIp, Packet.SourceAddress);
        batch.Set(row, Fields.DestinationIp, Packet.DestinationAddress);
        SetPort(batch, row, Fields.SourcePort, Packet.SourcePort);
        SetPort(batch, row, Fields.DestinationPort, Packet.DestinationPort);
        batch.Set(row, Fields.NetworkTransport, NameOf(Packet.Transport));
        batch.Set(row, Fields.NetworkProtocol, protocol);
        if (Packet.VlanId is { } vlan)
            batch.Set(row, Fields.VlanId, vlan);
        batch.Set(row, Fields.HepVendor, OtherChunks);
        Names.AddEnds(batch, row);
        return row;
    }

    /// <summary>The identifier of a journal in eight hex digits.</summary>
    public static byte[] Show(uint journal) => Encoding.UTF8.GetBytes(journal.ToString("x8", CultureInfo.InvariantCulture));

    void SetPeer(DocumentBatch batch, int row)
    {
        Span<byte> peer = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(peer, Arrival.Peer);
        batch.Set(row, Fields.Peer, Arrival.Peer >> 32 == 0xffff ? peer[MappedPrefixLength..] : peer);
    }

    /// <summary>Port 0 is what agents send for a log line, which has none.</summary>
    static void SetPort(DocumentBatch batch, int row, Field field, ushort port)
    {
        if (port != 0)
            batch.Set(row, field, port);
    }

    static ReadOnlySpan<byte> NameOf(TransportProtocol transport) => transport switch
    {
        TransportProtocol.Udp => "udp"u8,
        TransportProtocol.Tcp => "tcp"u8,
        TransportProtocol.Tls => "tls"u8,
        TransportProtocol.Sctp => "sctp"u8,
        _ => default,
    };
}
