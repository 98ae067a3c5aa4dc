using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Where processes that take packets in tell those that do not what became of them: a small document each in the engine, replaced every time.
/// </summary>
public sealed class StatusBoard
{
    /// <summary>Agents told of at most, those heard last: it is sent every few seconds.</summary>
    const int MostAgents = 500;

    /// <summary>More processes are not asked for.</summary>
    const int MostProcesses = 1000;

    const string Told = "told";
    const string Status = "status";

    static readonly JsonSerializerOptions Options = new() { Converters = { new AddressText(), new InstantNumber() } };

    readonly ElasticClient _client;
    readonly IndexNames _names;
    readonly TimeProvider _clock;

    internal StatusBoard(ElasticClient client, IndexNames names, TimeProvider clock) => (_client, _names, _clock) = (client, names, clock);

    /// <summary>Replaces what this process has told before.</summary>
    /// <param name="process">Names it; the same after a restart.</param>
    /// <param name="status">What it has done.</param>
    /// <param name="cancellation">Stops the call.</param>
    public async Task TellAsync(string process, IngestStatus status, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteNumber(Told, Instant.Now(_clock).Nanoseconds);
            json.WritePropertyName(Status);
            JsonSerializer.Serialize(json, status with { Agents = [.. status.Agents.Take(MostAgents)] }, Options);
        });
        (await _client.SendAsync(HttpMethod.Put, $"{_names.Statuses}/_doc/{process}", body, cancellation)).Dispose();
    }

    /// <summary>What each process told last, unless that was too long ago.</summary>
    public async Task<IReadOnlyList<IngestStatus>> ReadAsync(TimeSpan youngerThan, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json => json.WriteNumber("size", MostProcesses));
        using Answer answer = await _client.SendAsync(HttpMethod.Post, $"{_names.Statuses}/_search?ignore_unavailable=true&allow_no_indices=true", body, cancellation, mayMiss: true);
        if (answer.IsMissing)
            return [];
        long oldest = Instant.Now(_clock).Plus(-youngerThan).Nanoseconds;
        return [.. IndexSearch.Hits(answer).Select(hit => hit.GetProperty("_source")).Where(source => source.GetProperty(Told).GetInt64() >= oldest)
            .Select(source => source.GetProperty(Status).Deserialize<IngestStatus>(Options)!)];
    }

    sealed class AddressText : JsonConverter<IPAddress>
    {
        public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => IPAddress.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    sealed class InstantNumber : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Nanoseconds);
    }
}
