using System.Buffers.Binary;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>
/// A summary as simple as one can be that merges: how many messages a call has and when the first came, and up to where the journal has been
/// applied. Its other fields are those of <paramref name="row"/>.
/// </summary>
/// <param name="end">The end of the unit it belongs to.</param>
/// <param name="messages">The messages it adds.</param>
public sealed class SampleSummary(Sample row, long end, long messages = 1) : SummaryUpdate
{
    readonly Sample _row = row;

    public static SampleSummary Of(string callId, Instant first, long end, long messages = 1) =>
        new(new Sample(DocumentKind.Call) { [Fields.CallId] = callId, [Fields.Timestamp] = first }, end, messages);

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key => Encoding.UTF8.GetBytes((string)_row[Fields.CallId]!);

    public override string? Namespace => Space;

    /// <summary>As <see cref="Namespace"/>.</summary>
    public string? Space { get; init; }

    public override Instant FirstTime => (Instant)_row[Fields.Timestamp]!;

    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        long total = messages;
        Instant first = FirstTime;
        if (!stored.IsEmpty)
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(stored) >= end)
                return false;
            total += BinaryPrimitives.ReadInt64LittleEndian(stored[8..]);
            first = new Instant(Math.Min(first.Nanoseconds, BinaryPrimitives.ReadInt64LittleEndian(stored[16..])));
        }

        byte[] facts = new byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(facts, end);
        BinaryPrimitives.WriteInt64LittleEndian(facts.AsSpan(8), total);
        BinaryPrimitives.WriteInt64LittleEndian(facts.AsSpan(16), first.Nanoseconds);
        _row[Fields.Timestamp] = first;
        _row[Fields.MessageCount] = total;
        _row[Fields.Summary] = facts;
        _row.AddTo(target);
        return true;
    }
}
