using System.Net;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>The order of a page, made total: what was asked, then time, then the place in the journal (of a call, its Call-ID).</summary>
sealed class SortKeys
{
    readonly DocumentKind _kind;
    readonly List<Sort> _keys = [];

    public SortKeys(CaptureQuery query)
    {
        _kind = query.Kind;
        foreach (Sort sort in query.Sort)
        {
            if (sort.Field.Column(_kind) < 0 || !sort.Field.IsSortable)
                throw new StoreException($"Documents of kind {_kind} cannot be sorted by {sort.Field.Name}. Choose a field of theirs that has one value.", isTransient: false) { IsMistake = true };
            Add(sort);
        }

        bool descending = query.Sort.Count == 0 || query.Sort[^1].Descending;
        Add(new Sort(Fields.Timestamp, descending));
        foreach (Field field in Ties)
            Add(new Sort(field, descending));
    }

    /// <summary>
    /// Documents that lack the first key come last. The engines give them the greatest number there is, which a document may have, too: so they
    /// are searched apart, behind all the others.
    /// </summary>
    public bool HasRest => _keys[0].Field is var first && first != Fields.Timestamp && !Ties.Contains(first);

    /// <summary>The condition for the documents that have the first key, or for the rest.</summary>
    public Query Part(bool rest) => (HasRest, rest) switch
    {
        (false, _) => new Query.Everything(),
        (_, false) => new Query.Exists(_keys[0].Field),
        _ => new Query.Not(new Query.Exists(_keys[0].Field)),
    };

    /// <summary>Names the order, so that a cursor of another is not taken.</summary>
    public string Signature => string.Join(',', _keys.Select(key => key.Field.Name + (key.Descending ? '-' : '+')));

    public void Write(Utf8JsonWriter json, bool rest)
    {
        json.WriteStartArray("sort");
        foreach (Sort key in Keys(rest))
        {
            json.WriteStartObject();
            json.WriteStartObject(key.Field.Name);
            json.WriteString("order", key.Descending ? "desc" : "asc");
            json.WriteString("missing", "_last");
            // An index made before the field was known.
            json.WriteString("unmapped_type", FieldMapping.Type(key.Field));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>How many values tell a place.</summary>
    public int Count(bool rest) => Keys(rest).Count();

    /// <summary>Whether sort values can have come from a page in this order.</summary>
    public bool Accepts(bool rest, ReadOnlySpan<JsonElement> values)
    {
        Sort[] keys = [.. Keys(rest)];
        if (values.Length != keys.Length || (rest && !HasRest))
            return false;
        for (int index = 0; index < keys.Length; index++)
        {
            if (!Accepts(keys[index].Field, values[index]))
                return false;
        }

        return true;
    }

    /// <summary>The part of a range that can lie behind the values of a cursor.</summary>
    public TimeRange Narrow(TimeRange range, SortPlace? after)
    {
        if (after is null || _keys[0].Field != Fields.Timestamp)
            return range;
        long time = after.Values[0].GetInt64();
        return _keys[0].Descending
            ? range with { To = new Instant(Math.Min(range.To.Nanoseconds, time == long.MaxValue ? time : time + 1)) }
            : range with { From = new Instant(Math.Max(range.From.Nanoseconds, time)) };
    }

    ReadOnlySpan<Field> Ties => _kind == DocumentKind.Call ? CallTies : CapturedTies;

    static readonly Field[] CallTies = [Fields.CallId];
    static readonly Field[] CapturedTies = [Fields.Sequence, Fields.JournalId];

    IEnumerable<Sort> Keys(bool rest) => rest ? _keys.Skip(1) : _keys;

    void Add(Sort key)
    {
        if (!_keys.Exists(known => known.Field == key.Field))
            _keys.Add(key);
    }

    static bool Accepts(Field field, JsonElement value) => (FieldMapping.Type(field), value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => true,
        ("keyword", JsonValueKind.String) => true,
        ("ip", JsonValueKind.String) => IPAddress.TryParse(value.GetString(), out _),
        ("double", JsonValueKind.Number) => true,
        ("long" or "date_nanos" or "boolean", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };
}
