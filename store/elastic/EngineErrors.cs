using System.Net;
using System.Security.Authentication;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>What a refusal of the engine means: its status decides, its text is for people.</summary>
static class EngineErrors
{
    /// <summary>Whether the same request or item may be taken later.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    public static async Task<StoreException> RefusedAsync(
        Uri address, HttpMethod method, string path, HttpStatusCode status, Stream body, CancellationToken cancellation)
    {
        string reason = await ReasonAsync(body, cancellation);
        string what = $"{address} answered {(int)status} to {method} {path.Split('?')[0]}: {reason}.";
        return status switch
        {
            HttpStatusCode.Unauthorized => new StoreException($"{what} Check the user and password, or the API key.", isTransient: false),
            HttpStatusCode.Forbidden when reason.Contains("block", StringComparison.Ordinal) =>
                new StoreException($"{what} The index is blocked for writing, as a full disk does; make room, then remove the block.", isTransient: true),
            HttpStatusCode.Forbidden => new StoreException($"{what} The account needs more rights.", isTransient: false),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                new StoreException($"{what} Redirects are not followed; give the address of the engine itself.", isTransient: false),
            _ => new StoreException(what, IsTransient((int)status)) { Kind = reason.Split(':')[0] },
        };
    }

    /// <summary>What it means that no answer came.</summary>
    public static StoreException Unreachable(Uri address, Exception error)
    {
        string why = Innermost(error);
        if (error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException })
            return new StoreException($"{address} could not be trusted: {why.TrimEnd('.')}. {TrustAdvice(why)}", isTransient: false, error);
        string scheme = address.Scheme == Uri.UriSchemeHttp && error is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            ? " If it speaks TLS, the address begins with https://."
            : "";
        return new StoreException($"{address} could not be reached: {why.TrimEnd('.')}. Check that it runs and the address is right.{scheme}", isTransient: true, error);
    }

    /// <summary>What mends it that a certificate is not taken, by what .NET says of its chain.</summary>
    static string TrustAdvice(string why)
    {
        if (why.Contains("NotTimeValid", StringComparison.Ordinal))
            return "Its certificate has expired or is not valid yet: renew it, or set the clock right.";
        if (why.Contains("NameMismatch", StringComparison.Ordinal))
            return "Its certificate is for another name: give the address by a name that stands in it.";
        return why.Contains("certificate", StringComparison.Ordinal)
            ? "Give the authority that signed its certificate (--store-ca)."
            : "If it does not speak TLS, the address begins with http://.";
    }

    static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;

    /// <summary>The reason in an error object of the engine.</summary>
    public static string Reason(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object when error.TryGetProperty("failed_shards", out JsonElement shards) && shards.ValueKind == JsonValueKind.Array && shards.GetArrayLength() > 0
            && shards[0].TryGetProperty("reason", out JsonElement first) => Reason(first),
        JsonValueKind.Object => $"{Text(error, "type")}: {Text(error, "reason")}",
        JsonValueKind.String => error.GetString()!,
        _ => "no reason given",
    };

    static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "unknown";

    /// <summary>The reason in the body of a refusal; the beginning of a body that is not the engine's.</summary>
    public static async Task<string> ReasonAsync(Stream body, CancellationToken cancellation)
    {
        using var text = new StreamReader(body);
        char[] start = new char[4096];
        int length = await text.ReadBlockAsync(start, cancellation);
        try
        {
            using JsonDocument json = JsonDocument.Parse(start.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out JsonElement error) ? Reason(error) : "no reason given";
        }
        catch (JsonException)
        {
            // A proxy's page, or an error longer than what is shown.
            return new string(start, 0, Math.Min(length, 300)).ReplaceLineEndings(" ");
        }
    }
}
