using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Puts a summary in the place of what is stored as it was read.</summary>
/// <param name="isToStay">What is stored is left alone.</param>
public sealed class SameSummary(Document read, bool isToStay = false) : SummaryUpdate
{
    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key => Encoding.UTF8.GetBytes(read.Id);

    public override Instant FirstTime => read.Time;

    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        if (!isToStay)
            target.Add(read);
        return !isToStay;
    }
}
