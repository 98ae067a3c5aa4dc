using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// The one place that speaks HTTP. Plain JSON, which Elasticsearch and OpenSearch of every version take. Requests go to the nodes in turn; a node
/// that cannot be reached, or has nobody behind it (502, 503, 504), is left out for a while, and the next is asked. What fails is a <see cref="StoreException"/>.
/// </summary>
sealed class ElasticClient : IDisposable
{
    static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    readonly HttpClient _http;
    readonly Node[] _nodes;
    readonly bool _compress;
    readonly TimeSpan _timeout;
    readonly TimeProvider _clock;
    int _next;
    Dialect? _dialect;

    /// <param name="options">Where the nodes are.</param>
    /// <param name="clock">Counts rests and timeouts.</param>
    /// <param name="handler">Takes the requests instead of the network.</param>
    public ElasticClient(ElasticOptions options, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        _clock = clock;
        _compress = options.Compress;
        _timeout = options.Timeout;
        _nodes = [.. options.Nodes.Select(address => new Node(WithoutUser(address)))];
        _http = new HttpClient(handler ?? Handler(options)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add("X-Opaque-Id", "homer-search");
        _http.DefaultRequestHeaders.Authorization = Authorization(options);
    }

    /// <summary>The nodes, without user and password.</summary>
    public string Address => string.Join(", ", _nodes.Select(node => node.Address.ToString().TrimEnd('/')));

    /// <summary>
    /// Sends a request and reads the answer. 404 is an answer when <paramref name="mayMiss"/>, and so is <paramref name="allowed"/>; any other refusal
    /// throws, and whether it is transient tells if trying again helps.
    /// </summary>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellation, bool mayMiss = false, HttpStatusCode? allowed = null)
    {
        allowed ??= mayMiss ? HttpStatusCode.NotFound : null;
        StoreException? failure = null;
        foreach (Node node in InTurn())
        {
            try
            {
                Answer answer = await AskAsync(node, method, path, body, allowed, cancellation);
                node.Answered();
                return answer;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
            {
                node.Rest(_clock.GetTimestamp());
                failure = EngineErrors.Unreachable(node.Address, error);
                // What else is wrong with a certificate or password is the same at every node.
                if (!failure.IsTransient)
                    throw failure;
            }
        }

        throw failure!;
    }

    /// <summary>What the engine is; asked once.</summary>
    public async ValueTask<Dialect> DialectAsync(CancellationToken cancellation) => _dialect ??= await Dialect.ReadAsync(this, cancellation);

    public void Dispose() => _http.Dispose();

    async Task<Answer> AskAsync(
        Node node, HttpMethod method, string path, ReadOnlyMemory<byte> body, HttpStatusCode? allowed, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
            if (!body.IsEmpty)
                request.Content = Content(body);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            using Stream stream = await response.Content.ReadAsStreamAsync(either.Token);
            if (response.IsSuccessStatusCode || response.StatusCode == allowed)
                return new Answer(response.StatusCode, await ParseAsync(response, stream, method, either.Token));
            if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
                throw new HttpRequestException($"it answered {(int)response.StatusCode}: {await EngineErrors.ReasonAsync(stream, either.Token)}");
            throw await EngineErrors.RefusedAsync(node.Address, method, path, response.StatusCode, stream, either.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {_timeout.TotalSeconds:0} s", late);
        }
        catch (JsonException garbled)
        {
            throw new IOException("the answer is not JSON", garbled);
        }
    }

    /// <summary>Of a refusal other than the engine's own, such as a proxy's page, the status says all.</summary>
    static async Task<JsonDocument> ParseAsync(HttpResponseMessage response, Stream stream, HttpMethod method, CancellationToken cancellation) =>
        method == HttpMethod.Head || response.StatusCode == HttpStatusCode.RequestEntityTooLarge
            ? JsonDocument.Parse("{}")
            : await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);

    ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> sent = _compress ? Compressed(body) : body;
        var content = new ReadOnlyMemoryContent(sent);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_compress)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    static byte[] Compressed(ReadOnlyMemory<byte> body)
    {
        using var target = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body.Span);
        return target.ToArray();
    }

    /// <summary>The nodes that are not resting, from the next in turn on, then the others: perhaps they are back.</summary>
    IEnumerable<Node> InTurn()
    {
        int first = (int)((uint)Interlocked.Increment(ref _next) % (uint)_nodes.Length);
        Node[] turned = [.. _nodes.Skip(first), .. _nodes.Take(first)];
        return turned.OrderBy(node => node.IsResting(_clock));
    }

    static SocketsHttpHandler Handler(ElasticOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = options.Compress ? DecompressionMethods.GZip : DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseCookies = false,
        };
        if (options.AuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    static AuthenticationHeaderValue? Authorization(ElasticOptions options)
    {
        if (options.ApiKey is { } key)
            return new AuthenticationHeaderValue("ApiKey", key);
        if (options.BearerToken is { } token)
            return new AuthenticationHeaderValue("Bearer", token);
        string? user = options.Nodes.Select(node => node.UserInfo).FirstOrDefault(user => user.Length > 0);
        return user is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
    }

    static Uri WithoutUser(Uri address) =>
        new UriBuilder(address) { UserName = "", Password = "", Path = address.AbsolutePath.TrimEnd('/') + "/" }.Uri;

    /// <summary>One node and how it has answered lately.</summary>
    sealed class Node(Uri address)
    {
        TimeSpan _rest;
        long _since;

        public Uri Address { get; } = address;

        public bool IsResting(TimeProvider clock) => _rest > TimeSpan.Zero && clock.GetElapsedTime(_since) < _rest;

        public void Answered() => _rest = TimeSpan.Zero;

        public void Rest(long now)
        {
            _since = now;
            _rest = _rest == TimeSpan.Zero ? FirstRest : TimeSpan.FromTicks(Math.Min(_rest.Ticks * 2, LongestRest.Ticks));
        }
    }
}
