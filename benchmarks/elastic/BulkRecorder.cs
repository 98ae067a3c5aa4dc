using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>Stands between product and engine, hands everything on, and writes bulk bodies down in the order they came.</summary>
sealed class BulkRecorder : IAsyncDisposable
{
    const int Port = 19_190;

    readonly WebApplication _app;
    readonly HttpClient _http;
    readonly SemaphoreSlim _writing = new(1);
    readonly FileStream _file;
    readonly List<int> _lengths = [];

    BulkRecorder(Uri engine, string file)
    {
        _http = new HttpClient { BaseAddress = engine };
        _file = new FileStream(file, FileMode.Create);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenLocalhost(Port);
        });
        _app = builder.Build();
        _app.Run(HandOnAsync);
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{Port}");

    /// <summary>Of each body, in the file one behind the other.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    public static async Task<BulkRecorder> StartAsync(Uri engine, string file)
    {
        var recorder = new BulkRecorder(engine, file);
        await recorder._app.StartAsync();
        return recorder;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _file.DisposeAsync();
        _http.Dispose();
        _writing.Dispose();
    }

    async Task HandOnAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        byte[] bytes = body.ToArray();
        if (context.Request.Path == "/_bulk")
        {
            await _writing.WaitAsync();
            await _file.WriteAsync(bytes);
            _lengths.Add(bytes.Length);
            _writing.Release();
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path.Value + context.Request.QueryString.Value);
        if (bytes.Length > 0)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
