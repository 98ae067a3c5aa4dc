using System.IO.Hashing;

namespace Homer.Search.Store.DuckDb;

/// <summary>The hash by which a Call-ID is looked up; it stands in files, so it never changes.</summary>
static class CallHash
{
    public static uint Of(ReadOnlySpan<byte> callId) => (uint)XxHash3.HashToUInt64(callId);
}
