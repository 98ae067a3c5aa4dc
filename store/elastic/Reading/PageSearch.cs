using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Finds one page by <c>search_after</c>. The order is total, so a cursor is a place in it, whatever is stored meanwhile; what was captured never changes, so
/// that is all it takes. Calls do change, and with them their place: who reads many of them reads all pages of one <see cref="Moment"/>.
/// </summary>
sealed class PageSearch(IndexSearch search, Moments moments, CaptureQuery query)
{
    /// <summary>Counting stops here: a person reads "more than 10,000" as well as the number.</summary>
    const int CountBound = 10_000;

    /// <summary>Documents of one request: bounds the memory of an answer.</summary>
    const int MostHits = 2_000;

    /// <summary>Who asks for more calls at once than a person looks at is reading all of them.</summary>
    const int MostLookedAt = 200;

    readonly string _indices = search.Indices(query.Kind, query.Range);
    readonly SortKeys _keys = new(query);
    readonly SourceReader _documents = SourceReader.Of(query.Kind);
    readonly List<Document> _page = [];
    (long Total, bool IsExact)? _count;
    SortPlace? _last;
    Moment? _moment;

    public async Task<Page> RunAsync(CancellationToken cancellation)
    {
        SortPlace? after = query.After is null ? null : Cursor.Read(_keys, query.After);
        if (after is not null)
            _moment = moments.Find(after.Moment, _indices);
        else if (query.Kind == DocumentKind.Call && query.First > MostLookedAt)
            _moment = await moments.OpenAsync(_indices, cancellation);
        bool more = after?.Rest != true && await ReadAsync(rest: false, after, cancellation);
        if (!more && _keys.HasRest)
            more = await ReadAsync(rest: true, after?.Rest == true ? after : null, cancellation);

        bool all = after is null && !more;
        (long total, bool exact) = all || !query.CountTotal ? (_page.Count, all) : _count ?? await CountAsync(cancellation);
        if (_moment is not null && !more)
            await moments.CloseAsync(_moment, cancellation);
        return new Page(_page, total, exact, more && _last is not null ? Cursor.Write(_keys, _last with { Moment = _moment?.Key }) : null);
    }

    /// <summary>Reads the part of the order with the first key or without it; whether there is more than the page takes.</summary>
    async Task<bool> ReadAsync(bool rest, SortPlace? after, CancellationToken cancellation)
    {
        while (true)
        {
            int wanted = Math.Min(query.First - _page.Count + 1, MostHits);
            // The first request counts on the side when it sees every document that is to be counted.
            bool counts = query.CountTotal && !_keys.HasRest && after is null;
            using Answer answer = await AskAsync(_keys.Narrow(query.Range, after), () => Body(wanted, counts, rest, after), cancellation);
            if (counts)
                _count = Total(answer);
            int hits = 0;
            foreach (JsonElement hit in IndexSearch.Hits(answer))
            {
                if (_page.Count == query.First)
                    return true;
                _page.Add(_documents.Read(hit));
                // Of a moment Elasticsearch adds the document's number as a last key, which means nothing after it.
                _last = after = new SortPlace(rest, [.. hit.GetProperty("sort").EnumerateArray().Take(_keys.Count(rest)).Select(value => value.Clone())]);
                hits++;
            }

            if (hits < wanted)
                return false;
        }
    }

    /// <summary>Of the moment while the engine has it, then of what is there now.</summary>
    async Task<Answer> AskAsync(TimeRange range, Func<ReadOnlyMemory<byte>> body, CancellationToken cancellation)
    {
        if (_moment is not null && await moments.AskAsync(_moment, body(), cancellation) is { } answer)
            return search.Whole(answer);
        _moment = null;
        return await search.AskAsync(query.Kind, range, body(), cancellation);
    }

    async Task<(long Total, bool IsExact)> CountAsync(CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteNumber("size", 0);
            json.WriteNumber("track_total_hits", CountBound);
            json.WritePropertyName("query");
            new QueryJson(query.Kind, json).Write(query.Range, query.Where);
        });
        using Answer answer = await search.AskAsync(query.Kind, query.Range, body, cancellation);
        return Total(answer);
    }

    ReadOnlyMemory<byte> Body(int size, bool counts, bool rest, SortPlace? after) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", size);
        if (counts)
            json.WriteNumber("track_total_hits", CountBound);
        else
            json.WriteBoolean("track_total_hits", false);
        SourceReader.WriteFilter(json, query);
        json.WritePropertyName("query");
        Query part = _keys.Part(rest);
        new QueryJson(query.Kind, json).Write(_keys.Narrow(query.Range, after), query.Where, part is Query.Everything ? [] : [part]);
        _keys.Write(json, rest);
        if (_moment is not null)
        {
            json.WriteStartObject("pit");
            json.WriteString("id", _moment.Id);
            json.WriteString("keep_alive", Moments.KeepAlive);
            json.WriteEndObject();
        }

        if (after is null)
            return;
        json.WriteStartArray("search_after");
        foreach (JsonElement value in after.Values)
            value.WriteTo(json);
        json.WriteEndArray();
    });

    static (long Total, bool IsExact) Total(Answer answer)
    {
        JsonElement total = answer.Root.GetProperty("hits").GetProperty("total");
        return (total.GetProperty("value").GetInt64(), total.GetProperty("relation").GetString() == "eq");
    }
}
