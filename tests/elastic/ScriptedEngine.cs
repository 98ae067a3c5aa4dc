using System.Net;
using System.Text;

namespace Homer.Search.Tests.Elastic;

/// <summary>Takes requests instead of an engine: writes each down and answers as the test says.</summary>
sealed class ScriptedEngine(Func<ScriptedRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    readonly List<ScriptedRequest> _requests = [];

    public IReadOnlyList<ScriptedRequest> Requests => _requests;

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var seen = new ScriptedRequest(_requests.Count, request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body);
        _requests.Add(seen);
        return answer(seen);
    }
}

/// <param name="Number">Of the request, from 0 on.</param>
sealed record ScriptedRequest(int Number, HttpMethod Method, Uri Address, string? Authorization, byte[] Body)
{
    /// <summary>The identities in a bulk body.</summary>
    public string[] Ids => [.. Encoding.UTF8.GetString(Body).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where((_, line) => line % 2 == 0).Select(action => action.Split("\"_id\":\"")[1].Split('"')[0])];
}
