using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Tests.Jobs;

/// <summary>What the indexer makes of captured messages.</summary>
static class CallUpdates
{
    /// <param name="written">When the summary is stored.</param>
    public static IReadOnlyCollection<SummaryUpdate> Of(byte[] message, Instant captured, long position, Instant written)
    {
        var fold = new CallFold(journal: 1, (batch, row) => batch.Set(row, Fields.Ingested, written));
        Assert.Equal(SipRejection.None, SipReader.Read(message, out SipMessage sip));
        var call = new CapturedMessage
        {
            Sip = sip,
            Time = captured,
            Position = position,
            CaptureAgentId = 1,
            AgentName = "edge-1"u8,
            Transport = TransportProtocol.Udp,
            SourceAddress = [10, 0, 0, 1],
            SourcePort = 5060,
            DestinationAddress = [10, 0, 0, 2],
            DestinationPort = 5060,
        };
        fold.Add(call, TimeSpan.Zero);
        return fold.Take(TimeSpan.Zero, hold: TimeSpan.Zero);
    }
}
