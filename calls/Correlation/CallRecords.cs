using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Which log lines and quality reports belong to a call.</summary>
public static class CallRecords
{
    /// <summary>A shorter Call-ID may well stand in a line by chance.</summary>
    const int ShortestInText = 8;

    const string CorrelationIdType = "correlation-id";

    /// <summary>How far around a call its Call-ID is looked for in the text of log lines, which no index helps with.</summary>
    static readonly TimeSpan AroundText = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Those that carry its Call-ID, or an identifier which the rules share between calls: of reports only the correlation id of the capture agent, since the
    /// others would bring the voice of further legs; and log lines that have the Call-ID in their text.
    /// </summary>
    public static Query Of(Document call, DocumentKind kind, CorrelationRules rules)
    {
        string callId = call.Text(Fields.CallId) ?? call.Id;
        string[] shared =
        [
            .. rules.Rules.OfType<SharedIdentifier>().Where(rule => kind == DocumentKind.Log || rule.From == CorrelationIdType)
                .SelectMany(rule => rule.Shared(call)).Append(callId).Distinct(StringComparer.Ordinal),
        ];
        List<Query> ways =
        [
            .. shared.Select(value => new Query.Equal(Fields.CallId, value)),
            .. shared.Select(value => new Query.Equal(Fields.CorrelationId, value)),
        ];
        if (kind == DocumentKind.Log && callId.Length >= ShortestInText)
            ways.Add(InText(call, callId));
        return new Query.Or(ways);
    }

    static Query.And InText(Document call, string callId)
    {
        Instant first = (call.Instant(Fields.EventStart) ?? call.Time).Plus(-AroundText);
        Instant last = (call.Instant(Fields.EventEnd) ?? call.Time).Plus(AroundText);
        return new Query.And(
            [new Query.Range(Fields.Timestamp, first, FromIncluded: true, last, ToIncluded: true), new Query.Words(Fields.Text, callId, InOrder: true)]);
    }
}
