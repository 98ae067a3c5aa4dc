using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Benchmarks.Calls;

/// <summary>Messages as a store gives them back: one long call, refreshed again and again by OPTIONS over two hops.</summary>
static class LongCall
{
    static readonly Instant Epoch = new(1_790_000_000_000_000_000);
    static readonly IPAddress[] Ends = [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("192.0.2.1"), IPAddress.Parse("198.51.100.9")];

    public static Document[] Messages(int count) => [.. Enumerable.Range(0, count).Select(Message)];

    static Document Message(int number)
    {
        // Request to the proxy and on, answer back over both.
        int step = number % 4;
        int exchange = number / 4;
        bool isRequest = step < 2;
        (int from, int to) = step switch { 0 => (0, 1), 1 => (1, 2), 2 => (2, 1), _ => (1, 0) };
        object?[] values = new object?[Catalogue.Of(DocumentKind.Sip).Length];
        Set(values, Fields.Timestamp, new Instant(Epoch.Nanoseconds + (exchange * Instant.NanosecondsPerSecond) + (step * Instant.NanosecondsPerMillisecond)));
        Set(values, Fields.Sequence, (long)number);
        Set(values, Fields.AgentName, "edge-1");
        Set(values, Fields.SourceIp, Ends[from]);
        Set(values, Fields.SourcePort, 5060L);
        Set(values, Fields.DestinationIp, Ends[to]);
        Set(values, Fields.DestinationPort, 5060L);
        Set(values, Fields.CallId, "long@192.0.2.7");
        Set(values, Fields.CSeqNumber, (long)exchange + 1);
        Set(values, Fields.CSeqMethod, "OPTIONS");
        Set(values, Fields.FromTag, "a");
        Set(values, Fields.ToTag, "b");
        Set(values, Fields.ViaBranch, $"z9hG4bK{exchange}-{(step is 0 or 3 ? 1 : 2)}");
        Set(values, Fields.ViaCount, step is 0 or 3 ? 1L : 2L);
        if (isRequest)
            Set(values, Fields.Method, "OPTIONS");
        else
            Set(values, Fields.Code, 200L);
        return new Document(DocumentKind.Sip, new DocumentId(new Instant(number), 1, number).ToString(), values);
    }

    static void Set(object?[] values, Field field, object value) => values[field.Column(DocumentKind.Sip)] = value;
}
