using System.Net;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>Messages as the store gives them back.</summary>
static class MessageDocuments
{
    public static Document[] Of(IEnumerable<Message> messages)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Folding.Journal);
        foreach (Message message in messages)
            Add(batch, message);
        return [.. Enumerable.Range(0, batch.Count).Select(row => BatchRows.Read(batch, row))];
    }

    static void Add(DocumentBatch batch, Message message)
    {
        int row = batch.AddRow();
        IPEndPoint source = IPEndPoint.Parse(message.From);
        IPEndPoint destination = IPEndPoint.Parse(message.To);
        batch.Set(row, Fields.Timestamp, message.Time);
        batch.Set(row, Fields.Sequence, (long)row * 8);
        batch.Set(row, Fields.SourceIp, source.Address.GetAddressBytes());
        batch.Set(row, Fields.SourcePort, (long)source.Port);
        batch.Set(row, Fields.DestinationIp, destination.Address.GetAddressBytes());
        batch.Set(row, Fields.DestinationPort, (long)destination.Port);
        batch.Set(row, Fields.AgentName, message.Agent);
        batch.Set(row, Fields.CallId, message.CallId);
        batch.Set(row, Fields.CSeqNumber, message.CSeq);
        batch.Set(row, Fields.CSeqMethod, message.CSeqMethod);
        batch.Set(row, Fields.ViaBranch, message.Branch);
        batch.Set(row, Fields.ViaCount, (long)message.ViaCount);
        batch.Set(row, Fields.FromTag, message.FromTag);
        batch.Set(row, Fields.ToTag, message.ToTag ?? "");
        if (message.Body.Length > 0)
            batch.Set(row, Fields.ContentType, "application/sdp");
        if (message.IsRequest)
        {
            batch.Set(row, Fields.Method, message.CSeqMethod);
        }
        else
        {
            batch.Set(row, Fields.Code, long.Parse(message.StartLine[8..11]));
            batch.Set(row, Fields.ReasonPhrase, message.StartLine[12..]);
        }
    }
}
