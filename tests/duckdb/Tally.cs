using System.Buffers.Binary;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>A summary that counts how often it was merged.</summary>
sealed class Tally(string callId, Instant time) : SummaryUpdate
{
    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key { get; } = Encoding.UTF8.GetBytes(callId);

    public override Instant FirstTime => time;

    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        long count = 1 + (stored.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(stored));
        byte[] summary = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(summary, count);
        new Sample(DocumentKind.Call)
        {
            [Fields.CallId] = callId,
            [Fields.Timestamp] = time,
            [Fields.MessageCount] = count,
            [Fields.Summary] = summary,
        }.AddTo(target);
        return true;
    }
}
