using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Writes into a stored summary which session its call is a leg of, and leaves all else as it was. A summary that has changed since it was read is left
/// alone: it is about to be looked at again.
/// </summary>
public sealed class SessionUpdate : SummaryUpdate
{
    readonly Document _call;
    readonly byte[] _session;

    /// <param name="call">The summary as it was read.</param>
    public SessionUpdate(Document call, CallSession session)
    {
        _call = call;
        _session = Name(session.Id);
        Key = Encoding.UTF8.GetBytes(call.Id);
    }

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key { get; }

    public override Instant FirstTime => _call.Time;

    /// <summary>Whether the last merge changed the summary.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Whether the summary says something else than that its call is a leg of this session.</summary>
    public static bool IsDue(Document call, CallSession session) => call.Text(Fields.SessionId) != Encoding.UTF8.GetString(Name(session.Id));

    /// <remarks>
    /// The session goes into the facts too, so that it stays when the next messages of the call are merged.
    /// </remarks>
    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        var facts = new CallFacts();
        IsWritten = stored.SequenceEqual(_call.Binary(Fields.Summary)) && new FactsDecoder().TryRead(stored, facts);
        if (!IsWritten)
            return false;
        facts.Session = facts.Texts.Add(_session);
        int row = target.Add(_call);
        target.Set(row, Fields.SessionId, _session);
        target.Set(row, Fields.IsFirstLeg, Texts.Cut(Key.Span).SequenceEqual(_session));
        target.Set(row, Fields.Summary, new FactsEncoder().Write(facts));
        return true;
    }

    /// <summary>What stands in summaries of the session with this identity.</summary>
    static byte[] Name(string session) => Texts.Cut(Encoding.UTF8.GetBytes(session)).ToArray();
}
