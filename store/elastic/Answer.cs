using System.Net;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>What the engine answered; to be disposed, since its JSON lies in pooled memory.</summary>
sealed record Answer(HttpStatusCode Status, JsonDocument Json) : IDisposable
{
    public JsonElement Root => Json.RootElement;

    public bool IsMissing => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public void Dispose() => Json.Dispose();
}
