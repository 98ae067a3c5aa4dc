using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>A request of the setup, for people to read before it is sent.</summary>
public sealed record SetupRequest(string Method, string Path, string Body);

/// <summary>
/// Puts the index templates that follow from the catalogue, so that each new day's index has them, and where the engine deletes old days the policy by which
/// it does. Doing it again changes nothing; what a newer version has put is left alone.
/// </summary>
sealed class Setup(ElasticClient client, ElasticOptions options)
{
    /// <summary>Grows with every change of what is written here that an older version could not read.</summary>
    const int Version = 1;

    /// <summary>Goes before the templates of all namespaces.</summary>
    const int OwnPriority = 501;

    /// <summary>Indices of few documents, in which nothing is looked for by its content.</summary>
    static readonly string[] Unsearched = ["homer-journal", "homer-lease", "homer-status"];

    readonly EngineRetention _retention = new(client, new IndexNames(options.Namespace), options.Namespace);

    /// <summary>Everything that is sent, in order.</summary>
    public async Task<IReadOnlyList<SetupRequest>> RequestsAsync(CancellationToken cancellation) => options.DaysByEngine is { } days
        ? [.. _retention.Requests(await client.DialectAsync(cancellation), days), .. await TemplatesAsync(cancellation)]
        : await TemplatesAsync(cancellation);

    /// <summary>Sends what does not stand yet, and returns that.</summary>
    /// <exception cref="StoreException">The engine refuses, or a newer version has been here.</exception>
    public async Task<IReadOnlyList<SetupRequest>> ApplyAsync(CancellationToken cancellation)
    {
        var put = new List<SetupRequest>();
        if (options.DaysByEngine is { } days)
            put.AddRange(await _retention.ApplyAsync(await client.DialectAsync(cancellation), days, cancellation));
        else
            put.AddRange(await _retention.ReleaseAsync(cancellation));
        foreach (SetupRequest request in await TemplatesAsync(cancellation))
        {
            if (await IsThereAsync(request, cancellation))
                continue;
            using Answer answer = await client.SendAsync(new HttpMethod(request.Method), request.Path, Encoding.UTF8.GetBytes(request.Body), cancellation);
            put.Add(request);
        }

        return put;
    }

    /// <summary>Whether the template stands as it should.</summary>
    async Task<bool> IsThereAsync(SetupRequest request, CancellationToken cancellation)
    {
        using Answer answer = await client.SendAsync(HttpMethod.Get, request.Path, default, cancellation, mayMiss: true);
        if (answer.IsMissing)
            return false;
        JsonElement template = answer.Root.GetProperty("index_templates")[0].GetProperty("index_template");
        if (template.TryGetProperty("version", out JsonElement version) && version.GetInt64() > Version)
            throw new StoreException(
                $"{request.Path} at {client.Address} was put by a newer version of this program ({version}, this one knows {Version}). Run that version.", isTransient: false);
        return template.TryGetProperty("_meta", out JsonElement meta) && meta.TryGetProperty("print", out JsonElement print)
            && print.GetString() == Print(request.Body);
    }

    /// <summary>Those of all namespaces, since documents may be routed to any; and where the engine deletes, those of this one, which it alone concerns.</summary>
    async Task<IReadOnlyList<SetupRequest>> TemplatesAsync(CancellationToken cancellation)
    {
        IEnumerable<SetupRequest> own = [];
        if (options.DaysByEngine is not null)
        {
            bool hasStates = (await client.DialectAsync(cancellation)).HasStates;
            own = Enum.GetValues<DocumentKind>().Select(kind => Documents(kind, _retention.Template(kind), OwnPriority, hasStates ? null : _retention.WriteSettings));
        }

        return
        [
            .. own, .. Enum.GetValues<DocumentKind>().Select(kind => Documents(kind, $"homer-{IndexNames.NameOf(kind)}")),
            .. Unsearched.Select(name => Template(name, WriteNoMapping, shards: 1)),
        ];
    }

    SetupRequest Documents(DocumentKind kind, string name, int priority = 500, Action<Utf8JsonWriter>? writeMore = null) =>
        Template(name, json => FieldMapping.Write(json, kind), kind == DocumentKind.Sip ? options.Shards : 1, priority, writeMore);

    static SetupRequest Template(string name, Action<Utf8JsonWriter> writeMapping, int shards, int priority = 500, Action<Utf8JsonWriter>? writeMore = null)
    {
        ReadOnlyMemory<byte> template = RequestBody.Of(json =>
        {
            WriteSettings(json, shards, writeMore);
            json.WritePropertyName("mappings");
            writeMapping(json);
        });
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteStartArray("index_patterns");
            json.WriteStringValue(name + "-*");
            json.WriteEndArray();
            json.WriteNumber("priority", priority);
            json.WriteNumber("version", Version);
            json.WriteStartObject("_meta");
            json.WriteString("managed_by", "Homer.Search");
            json.WriteString("print", Convert.ToHexStringLower(SHA256.HashData(template.Span)));
            json.WriteEndObject();
            json.WritePropertyName("template");
            json.WriteRawValue(template.Span);
        });
        return new SetupRequest("PUT", $"_index_template/{name}", Encoding.UTF8.GetString(body.Span));
    }

    static void WriteSettings(Utf8JsonWriter json, int shards, Action<Utf8JsonWriter>? writeMore)
    {
        json.WriteStartObject("settings");
        json.WriteNumber("index.number_of_shards", shards);
        // One node has no place for a copy; as soon as there are two, there is one.
        json.WriteString("index.auto_expand_replicas", "0-1");
        json.WriteString("index.codec", "best_compression");
        json.WriteString("index.refresh_interval", "2s");
        // What the engine has answered for is on its disk: the journal is let go by it.
        json.WriteString("index.translog.durability", "request");
        writeMore?.Invoke(json);
        json.WriteEndObject();
    }

    static void WriteNoMapping(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("dynamic", false);
        json.WriteEndObject();
    }

    /// <summary>Tells the template of a body from any other.</summary>
    static string Print(string body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("_meta").GetProperty("print").GetString()!;
    }
}
