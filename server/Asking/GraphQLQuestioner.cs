using System.Text.Json;

namespace Homer.Search.Server.Asking;

/// <summary>Asks the GraphQL endpoint of a running server.</summary>
sealed class GraphQLQuestioner(Uri url) : IDisposable
{
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>The address given with <c>--url</c>.</summary>
    public static GraphQLQuestioner At(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
        ? new GraphQLQuestioner(address)
        : throw CommandException.Usage($"--url {url}: give the address of the server's GraphQL, e.g. http://127.0.0.1:9080/graphql.");

    /// <summary>The answer's <c>data</c>.</summary>
    /// <exception cref="CommandException">Nobody answers, or the answer is an error; a wrong query is wrong usage.</exception>
    public async Task<JsonElement> AskAsync(string query, object variables, CancellationToken cancellation)
    {
        JsonElement answer;
        try
        {
            using HttpResponseMessage response = await _http.PostAsJsonAsync(url, new { query, variables }, cancellation);
            answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
        catch (HttpRequestException e)
        {
            throw CommandException.Failure($"no server answers at {url} ({e.Message.TrimEnd('.')}); start it or correct --url.");
        }
        catch (JsonException)
        {
            throw CommandException.Failure($"what answers at {url} is no Homer.Search; correct --url.");
        }

        if (answer.TryGetProperty("errors", out JsonElement errors) && errors.GetArrayLength() > 0)
            throw Refusal(errors[0]);
        return answer.TryGetProperty("data", out JsonElement data) ? data
            : throw CommandException.Failure($"what answers at {url} is no Homer.Search; correct --url.");
    }

    public void Dispose() => _http.Dispose();

    static CommandException Refusal(JsonElement error)
    {
        string message = error.GetProperty("message").GetString() ?? "the server refused without saying why";
        bool isWrongQuery = error.TryGetProperty("extensions", out JsonElement extensions)
            && extensions.TryGetProperty("code", out JsonElement code) && code.GetString() == "QUERY_SYNTAX";
        return isWrongQuery ? CommandException.Usage(message) : CommandException.Failure(message);
    }
}
