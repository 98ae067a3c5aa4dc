using System.Security.Cryptography;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// A point in time of some indices, as the engine keeps it: what is stored or changed afterwards is not seen in it.
/// </summary>
/// <param name="Key">Names it in cursors, which leave the program; its identity at the engine does not.</param>
/// <param name="Indices">The indices it was opened over.</param>
sealed record Moment(string Key, string Indices)
{
    /// <summary>The engine may give it another with every answer.</summary>
    public required string Id { get; set; }

    /// <summary>When it was last asked of.</summary>
    public long Used { get; set; }
}

/// <summary>
/// The points in time this process has open. Who does not find one any more, because it was too long ago or another process gave the cursor, reads
/// what is there now: the order of pages is total, so nothing is doubled that has not changed meanwhile. Safe for several threads.
/// </summary>
sealed class Moments(ElasticClient client, TimeProvider clock)
{
    /// <summary>How long the engine keeps one that nobody asks of.</summary>
    public const string KeepAlive = "1m";

    /// <summary>Open at once at most: each holds files of the engine, and OpenSearch refuses more than 300 a node.</summary>
    const int Most = 50;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    readonly Lock _lock = new();
    readonly Dictionary<string, Moment> _open = [];

    /// <summary>Null when as many as may be are open, there is nothing to be seen, or the engine opens none.</summary>
    public async Task<Moment?> OpenAsync(string indices, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (Moment old in _open.Values.Where(moment => clock.GetElapsedTime(moment.Used) > Lifetime).ToArray())
                _open.Remove(old.Key);
            if (_open.Count >= Most)
                return null;
        }

        if (await IdAsync(indices, cancellation) is not { } id)
            return null;
        var moment = new Moment(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), indices) { Id = id, Used = clock.GetTimestamp() };
        lock (_lock)
            _open.Add(moment.Key, moment);
        return moment;
    }

    async Task<string?> IdAsync(string indices, CancellationToken cancellation)
    {
        try
        {
            Dialect dialect = await client.DialectAsync(cancellation);
            string path = $"{indices}/{dialect.OpenMoment}?keep_alive={KeepAlive}&ignore_unavailable=true";
            using Answer answer = await client.SendAsync(HttpMethod.Post, path, default, cancellation, mayMiss: true);
            return answer.IsMissing ? null : answer.Root.GetProperty(dialect.MomentId).GetString();
        }
        catch (StoreException)
        {
            // It has too many, or the account may not: the search goes on without, and says itself what is wrong with the engine if anything is.
            return null;
        }
    }

    /// <summary>The one a cursor names; null when it is not there, or is one of other indices.</summary>
    public Moment? Find(string? key, string indices)
    {
        lock (_lock)
            return key is not null && _open.TryGetValue(key, out Moment? moment) && moment.Indices == indices ? moment : null;
    }

    /// <summary>Asks of it; null when the engine does not have it any more.</summary>
    public async Task<Answer?> AskAsync(Moment moment, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Answer answer = await client.SendAsync(HttpMethod.Post, "_search?allow_partial_search_results=false", body, cancellation, mayMiss: true);
        if (answer.IsMissing)
        {
            answer.Dispose();
            Forget(moment);
            return null;
        }

        moment.Used = clock.GetTimestamp();
        if (answer.Root.TryGetProperty("pit_id", out JsonElement id))
            moment.Id = id.GetString()!;
        return answer;
    }

    /// <summary>The engine need not keep it any longer. Should it not hear of that, the time it keeps one ends by itself.</summary>
    public async Task CloseAsync(Moment moment, CancellationToken cancellation)
    {
        if (!Forget(moment))
            return;
        Dialect dialect = await client.DialectAsync(cancellation);
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            if (dialect.ManyMoments)
                json.WriteStartArray(dialect.MomentId);
            else
                json.WritePropertyName(dialect.MomentId);
            json.WriteStringValue(moment.Id);
            if (dialect.ManyMoments)
                json.WriteEndArray();
        });
        (await client.SendAsync(HttpMethod.Delete, dialect.CloseMoment, body, cancellation, mayMiss: true)).Dispose();
    }

    bool Forget(Moment moment)
    {
        lock (_lock)
            return _open.Remove(moment.Key);
    }
}
