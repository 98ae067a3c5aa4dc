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
/// Sends bulk bodies until each item has a verdict. Items the engine has no room for are sent again, those alone, with growing and jittered pauses;
/// one it will never take is put aside and stops nothing.
/// </summary>
sealed class BulkSender(ElasticClient client, ElasticOptions options, RefusedDocuments refused, TimeProvider clock)
{
    const string Path = "_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task<Verdict[]> SendAsync(ReadOnlyMemory<byte> body, IReadOnlyList<BulkItem> items, CancellationToken cancellation)
    {
        var verdicts = new Verdict[items.Count];
        int[] open = [.. Enumerable.Range(0, items.Count)];
        long started = clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            ReadOnlyMemory<byte> sent = open.Length == items.Count ? body : BulkBody.Again(body, open.Select(index => items[index]));
            string reason;
            try
            {
                (open, reason) = await SendOnceAsync(sent, body, items, open, verdicts, cancellation);
                if (open.Length == 0)
                    return verdicts;
            }
            catch (StoreException failure) when (failure.IsTransient)
            {
                if (clock.GetElapsedTime(started) >= options.Patience)
                    throw;
                reason = failure.Message;
            }

            if (clock.GetElapsedTime(started) >= options.Patience)
                throw new StoreException($"{client.Address} has taken {items.Count - open.Length} of {items.Count} documents and has no room for the others: {reason}.", isTransient: true);
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellation);
        }
    }

    /// <summary>Which items remain, and why.</summary>
    async Task<(int[] Open, string Reason)> SendOnceAsync(
        ReadOnlyMemory<byte> sent, ReadOnlyMemory<byte> body, IReadOnlyList<BulkItem> items, int[] asked, Verdict[] verdicts, CancellationToken cancellation)
    {
        using Answer answer = await client.SendAsync(HttpMethod.Post, Path, sent, cancellation);
        if (!answer.Root.GetProperty("errors").GetBoolean())
            return ([], "");

        var open = new List<int>();
        string reason = "";
        int place = 0;
        foreach (JsonElement item in answer.Root.GetProperty("items").EnumerateArray())
        {
            int index = asked[place++];
            JsonElement outcome = item.EnumerateObject().First().Value;
            int status = outcome.GetProperty("status").GetInt32();
            string why = outcome.TryGetProperty("error", out JsonElement error) ? EngineErrors.Reason(error) : "";
            if (status is >= 200 and < 300)
                verdicts[index] = Verdict.Stored;
            else if (status == 409)
                verdicts[index] = Verdict.Conflict;
            else if (EngineErrors.IsTransient(status) || (status == 403 && why.Contains("block", StringComparison.Ordinal)))
            {
                open.Add(index);
                reason = why;
            }
            else if (status is 401 or 403 or 404)
                throw new StoreException($"{client.Address} does not let documents in: {why}. Check the account's rights and run the setup.", isTransient: false);
            else
            {
                verdicts[index] = Verdict.Refused;
                refused.Add(why, BulkBody.Text(body, items[index]));
            }
        }

        return ([.. open], reason);
    }
}
