using System.Globalization;
using System.Net;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Leases in the engine: a small document each, read and written by its identity, guarded by the engine's sequence numbers.</summary>
sealed class ElasticLeases(ElasticClient client, IndexNames names, TimeProvider clock) : ILeaseStore
{
    const string Holder = "holder";
    const string Written = "written";

    public async ValueTask<Lease?> ReadAsync(string name, CancellationToken cancellation)
    {
        using Answer answer = await client.SendAsync(HttpMethod.Get, $"{names.Leases}/_doc/{name}", default, cancellation, mayMiss: true);
        if (answer.IsMissing)
            return null;
        JsonElement source = answer.Root.GetProperty("_source");
        return new Lease(source.GetProperty(Holder).GetString(), Revision(answer.Root)) { Written = SourceTime.Parse(source.GetProperty(Written).GetString()!) };
    }

    public async ValueTask<Lease?> WriteAsync(string name, string? holder, Lease? seen, CancellationToken cancellation)
    {
        string path = seen is null ? $"{names.Leases}/_create/{name}" : $"{names.Leases}/_doc/{name}?{seen.Revision}";
        Instant now = Instant.Now(clock);
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteString(Holder, holder);
            json.WriteString(Written, now.ToString());
        });
        using Answer answer = await client.SendAsync(HttpMethod.Put, path, body, cancellation, allowed: HttpStatusCode.Conflict);
        return answer.IsConflict ? null : new Lease(holder, Revision(answer.Root)) { Written = now };
    }

    /// <summary>In the form in which a write names it.</summary>
    static string Revision(JsonElement document) => string.Create(
        CultureInfo.InvariantCulture,
        $"if_seq_no={document.GetProperty("_seq_no").GetInt64()}&if_primary_term={document.GetProperty("_primary_term").GetInt64()}");
}
