namespace Homer.Search.Server.Pcap;

/// <summary>
/// Puts TCP segments back into order, each direction of each connection on its own. Bounded in connections and in what waits.
/// </summary>
sealed class TcpReassembly
{
    const int MaximumFlows = 10_000;

    readonly OrderedDictionary<Flow, TcpStream> _streams = [];

    /// <summary>Times that octets were missing and reading went on behind them.</summary>
    public long Gaps { get; private set; }

    /// <summary>Takes a segment and returns the messages that are whole with it.</summary>
    public List<byte[]> Add(in IpPacket packet, in TcpSegment segment)
    {
        var flow = Flow.Of(packet, segment.SourcePort, segment.DestinationPort);
        List<byte[]> messages = [];
        if (!_streams.TryGetValue(flow, out TcpStream? stream))
        {
            // Only what begins at its beginning, or with a message, can be followed.
            if (!segment.IsSyn && SipText.BeginsIn(segment.Payload) != true)
                return messages;
            if (_streams.Count == MaximumFlows)
                End(0, messages);
            _streams.Add(flow, stream = new TcpStream());
        }

        stream.Add(segment, messages);
        if (segment.Ends)
            End(_streams.IndexOf(flow), messages);
        return messages;
    }

    void End(int index, List<byte[]> messages)
    {
        TcpStream stream = _streams.GetAt(index).Value;
        stream.Finish(messages);
        Gaps += stream.Gaps;
        _streams.RemoveAt(index);
    }
}
