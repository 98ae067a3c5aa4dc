using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Has the engine itself delete the indices of old days: by index lifecycle management (ILM) of Elasticsearch, by index state management (ISM) of
/// OpenSearch. Each namespace has a policy of its own.
/// </summary>
sealed class EngineRetention(ElasticClient client, IndexNames names, string space)
{
    const string Lenient = "ignore_unavailable=true&allow_no_indices=true";

    readonly string _policy = $"homer-{space}";
    readonly string _all = string.Join(',', Enum.GetValues<DocumentKind>().Select(names.All));

    /// <summary>What puts the policy, and places what is stored already under it.</summary>
    public IReadOnlyList<SetupRequest> Requests(Dialect dialect, int days) => dialect.HasStates
        ?
        [
            new SetupRequest("PUT", PolicyPath(dialect), States(Age(days))),
            new SetupRequest("POST", $"_plugins/_ism/add/{_all}", JsonSerializer.Serialize(new { policy_id = _policy })),
        ]
        :
        [
            new SetupRequest("PUT", PolicyPath(dialect), Phases(Age(days))),
            new SetupRequest("PUT", $"{_all}/_settings?{Lenient}", Encoding.UTF8.GetString(RequestBody.Of(WriteSettings).Span)),
        ];

    /// <summary>Names the template of the indices of this namespace alone, which stands while the engine deletes them.</summary>
    public string Template(DocumentKind kind) => $"homer-{IndexNames.NameOf(kind)}-{space}";

    /// <summary>Of the template of indices to come. OpenSearch needs nothing there: its policy names them.</summary>
    public void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteString("index.lifecycle.name", _policy);
        // An index grows old from its day on, not from when it was made: a capture that is imported later goes with its day.
        json.WriteBoolean("index.lifecycle.parse_origination_date", true);
    }

    /// <summary>Puts the policy unless it stands as it should.</summary>
    /// <exception cref="StoreException">The engine has no such thing, or the account may not.</exception>
    public async Task<IReadOnlyList<SetupRequest>> ApplyAsync(Dialect dialect, int days, CancellationToken cancellation)
    {
        try
        {
            using Answer standing = await client.SendAsync(HttpMethod.Get, PolicyPath(dialect), default, cancellation, mayMiss: true);
            if (!standing.IsMissing && StandingAge(dialect, standing.Root) == Age(days))
                return [];
            SetupRequest[] requests = [.. Requests(dialect, days)];
            if (dialect.HasStates && !standing.IsMissing)
            {
                // A policy of states is replaced only as it was read, and what is under it keeps the one it began with until it is placed there anew.
                requests = [requests[0] with { Path = $"{requests[0].Path}?{Revision(standing.Root)}" }, Removal(dialect), requests[1]];
            }

            foreach (SetupRequest request in requests)
                await SendAsync(request, cancellation);
            return requests;
        }
        catch (StoreException refusal) when (refusal.Message.Contains("no handler found", StringComparison.Ordinal))
        {
            throw new StoreException(
                $"{client.Address} cannot delete old days itself: this {dialect.Engine} {dialect.Version} has no {(dialect.HasStates ? "index state" : "index lifecycle")} management "
                + "(a minimal distribution, or its plugin is missing). Leave engine out of the retention: then the job of the server deletes them.",
                isTransient: false, refusal);
        }
    }

    /// <summary>Takes back what was asked of the engine, if anything was; returns what was sent.</summary>
    public async Task<IReadOnlyList<SetupRequest>> ReleaseAsync(CancellationToken cancellation)
    {
        using Answer template = await client.SendAsync(HttpMethod.Get, TemplatePath(DocumentKind.Sip), default, cancellation, mayMiss: true);
        if (template.IsMissing)
            return [];
        Dialect dialect = await client.DialectAsync(cancellation);
        IEnumerable<SetupRequest> release = dialect.HasStates ? [new SetupRequest("DELETE", PolicyPath(dialect), ""), Removal(dialect)] : [Removal(dialect)];
        // That of messages goes last: while it stands, all this is done again should it be broken off.
        SetupRequest[] requests = [.. release, .. Enum.GetValues<DocumentKind>().Reverse().Select(kind => new SetupRequest("DELETE", TemplatePath(kind), ""))];
        foreach (SetupRequest request in requests)
            await SendAsync(request, cancellation);
        return requests;
    }

    SetupRequest Removal(Dialect dialect) => new("POST", dialect.HasStates ? $"_plugins/_ism/remove/{_all}" : $"{_all}/_ilm/remove?{Lenient}", "");

    string TemplatePath(DocumentKind kind) => $"_index_template/{Template(kind)}";

    async Task SendAsync(SetupRequest request, CancellationToken cancellation) =>
        (await client.SendAsync(new HttpMethod(request.Method), request.Path, Encoding.UTF8.GetBytes(request.Body), cancellation, mayMiss: true)).Dispose();

    string PolicyPath(Dialect dialect) => $"{(dialect.HasStates ? "_plugins/_ism/policies" : "_ilm/policy")}/{_policy}";

    /// <summary>The day itself is kept as well.</summary>
    static string Age(int days) => string.Create(CultureInfo.InvariantCulture, $"{days + 1}d");

    string? StandingAge(Dialect dialect, JsonElement standing) => dialect.HasStates
        ? standing.GetProperty("policy").GetProperty("states")[0].GetProperty("transitions")[0].GetProperty("conditions").GetProperty("min_index_age").GetString()
        : standing.GetProperty(_policy).GetProperty("policy").GetProperty("phases").GetProperty("delete").GetProperty("min_age").GetString();

    static string Revision(JsonElement standing) => string.Create(
        CultureInfo.InvariantCulture, $"if_seq_no={standing.GetProperty("_seq_no").GetInt64()}&if_primary_term={standing.GetProperty("_primary_term").GetInt64()}");

    static string Phases(string age) => JsonSerializer.Serialize(new
    {
        policy = new
        {
            _meta = new { managed_by = "Homer.Search" },
            phases = new { delete = new { min_age = age, actions = new { delete = new { } } } },
        },
    });

    string States(string age) => JsonSerializer.Serialize(new
    {
        policy = new
        {
            description = "Homer.Search: deletes old days",
            default_state = "kept",
            states = new object[]
            {
                new { name = "kept", actions = Array.Empty<object>(), transitions = new[] { new { state_name = "gone", conditions = new { min_index_age = age } } } },
                new { name = "gone", actions = new[] { new { delete = new { } } }, transitions = Array.Empty<object>() },
            },
            ism_template = new[] { new { index_patterns = _all.Split(','), priority = 500 } },
        },
    });
}
