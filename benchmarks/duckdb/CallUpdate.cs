using System.Security.Cryptography;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Benchmarks.DuckDb;

/// <summary>A call summary of the usual size, merged by putting the newer in the older's place.</summary>
sealed class CallUpdate(long call, Instant first, bool ended) : SummaryUpdate
{
    const int FactBytes = 220;

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key { get; } = Encoding.ASCII.GetBytes(Traffic.CallId(call));

    public override Instant FirstTime => first;

    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        int row = target.AddRow();
        target.Set(row, Fields.Timestamp, first);
        target.Set(row, Fields.CaptureId, 2001L);
        target.Set(row, Fields.AgentName, "proxy-1");
        target.Set(row, Fields.SourceIp, [10, (byte)(call % 4), 0, (byte)(call % 50)]);
        target.Set(row, Fields.DestinationIp, [10, 9, 0, 1]);
        target.Set(row, Fields.CallId, Key.Span);
        target.Set(row, Fields.Caller, Traffic.Caller(call));
        target.Set(row, Fields.Callee, Traffic.Caller(call + 5_000_000));
        target.Set(row, Fields.FromUser, Traffic.Caller(call));
        target.Set(row, Fields.ToUser, Traffic.Caller(call + 5_000_000));
        target.Set(row, Fields.CallMethod, "INVITE");
        target.Set(row, Fields.CallState, ended ? "terminated" : "ringing");
        target.Set(row, Fields.Code, 200L);
        target.Set(row, Fields.MessageCount, ended ? 7L : 1L);
        target.Set(row, Fields.DurationMs, call % 100_000);
        Span<byte> facts = stackalloc byte[FactBytes];
        RandomNumberGenerator.Fill(facts[..60]);
        facts[60..].Fill((byte)call);
        target.Set(row, Fields.Summary, facts);
        return true;
    }
}
