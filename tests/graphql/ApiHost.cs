using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Homer.Search.Api;
using Homer.Search.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Api;

/// <summary>The API in a host without sockets, over a store that counts what is asked of it.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string Address = "http://localhost/graphql";

    readonly WebApplication _application;

    ApiHost(WebApplication application, CountingStore store)
    {
        _application = application;
        Store = store;
        Http = application.GetTestClient();
    }

    public CountingStore Store { get; }

    public HttpClient Http { get; }

    public LogLines Log => _application.Services.GetRequiredService<LogLines>();

    public IngestStatusSource Ingest => _application.Services.GetRequiredService<IngestStatusSource>();

    public IServiceProvider Services => _application.Services;

    public static async Task<ApiHost> StartAsync(CancellationToken cancellation, Action<IServiceCollection>? add = null)
    {
        CountingStore store = await CountingStore.OpenAsync();
        await Captures.StoreAsync(store, cancellation);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Captures.Now));
        builder.Services.AddSingleton<ICaptureStore>(store);
        builder.Services.AddSingleton<IngestStatusSource>();
        builder.Services.AddSingleton<LogLines>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogLines>());
        add?.Invoke(builder.Services);
        builder.Services.AddApi();
        WebApplication application = builder.Build();
        application.UseRouting();
        application.MapApi();
        await application.StartAsync(cancellation);
        return new ApiHost(application, store);
    }

    /// <summary>Sends a query as a program does and gives the JSON of the answer.</summary>
    public async Task<JsonNode> AskAsync(string query, JsonObject? variables = null)
    {
        var body = new JsonObject { ["query"] = query, ["variables"] = variables };
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "application/graphql-response+json", body.ToJsonString());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Asks and holds the whole answer against the JSON expected.</summary>
    public async Task ExpectAsync(string query, string expected) => Same(expected, await AskAsync(query));

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string? accept, string? body = null, string? contentType = "application/json", string address = Address) =>
        SendAsync(method, accept, body, contentType, address, []);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string? accept, string? body, string? contentType, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static void Same(string expected, JsonNode actual)
    {
        JsonNode wanted = JsonNode.Parse(expected)!;
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"Expected {wanted.ToJsonString()}\nbut got  {actual.ToJsonString()}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
        await Store.DisposeAsync();
    }
}
