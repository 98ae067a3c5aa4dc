using System.Net;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>What became of an item.</summary>
enum Verdict
{
    /// <summary>It is durable.</summary>
    Stored,

    /// <summary>Its identity was there before, or has another revision by now.</summary>
    Conflict,

    /// <summary>The engine will never take it; it has been put aside.</summary>
    Refused,
}

/// <summary>
/// Sends bulk bodies until each item has a verdict. Items the engine has no room for are sent again, those alone, with growing and jittered pauses; a
/// body that is too large goes in halves; an item it will never take is put aside and stops nothing.
/// </summary>
sealed class BulkSender(ElasticClient client, ElasticOptions options, RefusedDocuments refused, ElasticMeter meter, TimeProvider clock)
{
    const string Path = "_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>How bodies are to be made, by how they were taken.</summary>
    public BulkPace Pace { get; } = new(options.BulkBytes, options.BulkRequests);

    public async Task<Verdict[]> SendAsync(ReadOnlyMemory<byte> body, IReadOnlyList<BulkItem> items, CancellationToken cancellation)
    {
        var verdicts = new Verdict[items.Count];
        await SendAsync(new Sending(body, items, verdicts), [.. Enumerable.Range(0, items.Count)], clock.GetTimestamp(), cancellation);
        return verdicts;
    }

    async Task SendAsync(Sending all, int[] open, long started, CancellationToken cancellation)
    {
        int count = open.Length;
        for (TimeSpan pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            string reason, kind;
            try
            {
                ReadOnlyMemory<byte> sent = all.Of(open);
                long began = clock.GetTimestamp();
                using Answer answer = await client.SendAsync(HttpMethod.Post, Path, sent, cancellation, allowed: HttpStatusCode.RequestEntityTooLarge);
                if (answer.Status == HttpStatusCode.RequestEntityTooLarge)
                {
                    Pace.TooLarge(sent.Length);
                    await SplitAsync(all, open, started, cancellation);
                    return;
                }

                (open, reason) = Judge(answer, all, open);
                kind = reason.Split(':')[0];
                TimeSpan took = clock.GetElapsedTime(began);
                meter.Sent(sent.Length, took);
                if (open.Length == 0)
                {
                    Pace.Taken(sent.Length, took);
                    return;
                }
            }
            catch (StoreException failure) when (failure.IsTransient)
            {
                if (clock.GetElapsedTime(started) >= options.Patience)
                    throw;
                (reason, kind) = (failure.Message, failure.Kind ?? "unreachable");
            }

            if (clock.GetElapsedTime(started) >= options.Patience)
                throw new StoreException($"{client.Address} has taken {count - open.Length} of {count} documents and has no room for the others: {reason}.", isTransient: true);
            Pace.Busy();
            meter.Retry(open.Length, kind);
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellation);
            // A body made when there was more room may be too much for what there is now, however often it is sent.
            if (open.Length > 1 && all.Length(open) > 2L * Pace.Bytes)
            {
                await SendHalvesAsync(all, open, started, cancellation);
                return;
            }
        }
    }

    /// <summary>One item that is too large by itself is put aside.</summary>
    async Task SplitAsync(Sending all, int[] open, long started, CancellationToken cancellation)
    {
        if (open is [var single])
        {
            refused.Add([Refuse(all, single, "too_large: the engine, or a proxy before it, takes no body as large as this one document")]);
            return;
        }

        meter.Retry(open.Length, "too_large");
        await SendHalvesAsync(all, open, started, cancellation);
    }

    async Task SendHalvesAsync(Sending all, int[] open, long started, CancellationToken cancellation)
    {
        await SendAsync(all, open[..(open.Length / 2)], started, cancellation);
        await SendAsync(all, open[(open.Length / 2)..], started, cancellation);
    }

    /// <summary>Which items remain, and why.</summary>
    (int[] Open, string Reason) Judge(Answer answer, Sending all, int[] asked)
    {
        if (!answer.Root.GetProperty("errors").GetBoolean())
            return ([], "");

        JsonElement items = answer.Root.GetProperty("items");
        if (items.GetArrayLength() != asked.Length)
            throw new StoreException($"{client.Address} answered for {items.GetArrayLength()} of {asked.Length} documents.", isTransient: true);
        var open = new List<int>();
        var never = new List<RefusedDocument>();
        string reason = "";
        int place = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            int index = asked[place++];
            JsonElement outcome = item.EnumerateObject().First().Value;
            int status = outcome.GetProperty("status").GetInt32();
            string why = outcome.TryGetProperty("error", out JsonElement error) ? EngineErrors.Reason(error) : "";
            if (status is >= 200 and < 300)
                all.Verdicts[index] = Verdict.Stored;
            else if (status == 409)
                all.Verdicts[index] = Verdict.Conflict;
            else if (EngineErrors.IsTransient(status) || (status == 403 && why.Contains("block", StringComparison.Ordinal)))
            {
                open.Add(index);
                reason = why;
            }
            else if (status is 401 or 403 or 404)
                throw new StoreException($"{client.Address} does not let documents in: {why}. Check the account's rights and run the setup.", isTransient: false);
            else
                never.Add(Refuse(all, index, why));
        }

        refused.Add(never);
        return ([.. open], reason);
    }

    static RefusedDocument Refuse(Sending all, int index, string reason)
    {
        all.Verdicts[index] = Verdict.Refused;
        return new RefusedDocument(reason, BulkBody.Text(all.Body, all.Items[index]));
    }

    /// <summary>A body whose items are being sent.</summary>
    sealed record Sending(ReadOnlyMemory<byte> Body, IReadOnlyList<BulkItem> Items, Verdict[] Verdicts)
    {
        public long Length(int[] open) => open.Sum(index => (long)Items[index].End - Items[index].Start);

        public ReadOnlyMemory<byte> Of(int[] open) => open.Length == Items.Count ? Body : BulkBody.Again(Body, open.Select(index => Items[index]));
    }
}
