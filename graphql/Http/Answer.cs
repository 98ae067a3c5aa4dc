using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Homer.Search.Api.Http;

/// <summary>In which form the client wants the answer (GraphQL over HTTP, "Accept").</summary>
/// <param name="MediaType">What stands in Content-Type.</param>
/// <param name="AlwaysOk">Whoever reads <c>application/json</c> expects status 200 for every request that is well-formed, errors included.</param>
sealed record Answer(string MediaType, bool AlwaysOk = false)
{
    public static readonly Answer Response = new("application/graphql-response+json");
    public static readonly Answer Json = new("application/json", AlwaysOk: true);
    public static readonly Answer Page = new("text/html");

    /// <summary>The best of what the client takes; null when it takes none of it.</summary>
    public static Answer? For(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return Json;
        return accepted.Where(type => type.Quality is not 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(Of)
            .FirstOrDefault(answer => answer is not null);
    }

    /// <summary>The status of a GraphQL response: once anything was executed it is 200 (GraphQL over HTTP, "Status Codes").</summary>
    public int StatusOf(bool executed) => executed || AlwaysOk ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;

    static Answer? Of(MediaTypeHeaderValue type) => type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/graphql-response+json" => Response,
        "application/json" or "application/*" or "*/*" => Json,
        "text/html" => Page,
        _ => null,
    };
}
