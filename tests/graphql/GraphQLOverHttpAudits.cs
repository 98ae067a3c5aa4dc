using System.Net;
using System.Text.Json.Nodes;

namespace Homer.Search.Tests.Api;

/// <summary>
/// The audits of the reference implementation of GraphQL over HTTP (graphql-http 1.23), each by its identifier: what a server must, should and may do.
/// </summary>
public sealed class GraphQLOverHttpAudits(SharedApi shared) : IClassFixture<SharedApi>
{
    const string Response = "application/graphql-response+json";
    const string Json = "application/json";
    const string Typename = """{"query":"{ __typename }"}""";
    const string TypeByName = "query Type($name: String!) { __type(name: $name) { name } }";

    static readonly string[] NoStrings = ["""{"obj":"ect"}""", "0", "false", """["array"]"""];
    static readonly string[] NoMaps = ["\"string\"", "0", "false", """["array"]"""];

    public static TheoryData<string, Audit> Audits
    {
        get
        {
            var audits = new TheoryData<string, Audit>();
            foreach (Audit audit in All())
                audits.Add(audit.Id, audit);
            return audits;
        }
    }

    [Theory]
    [MemberData(nameof(Audits), DisableDiscoveryEnumeration = true)]
    public async Task Is_passed(string id, Audit audit)
    {
        using HttpResponseMessage response = await shared.Api.SendAsync(
            audit.IsGet ? HttpMethod.Get : HttpMethod.Post, audit.Accept, audit.Body, audit.ContentType, ApiHost.Address + audit.Parameters);

        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(audit.Status.Contains((int)response.StatusCode), $"{id}: {(int)response.StatusCode} {body}");
        if (audit.MediaType is not null)
            Assert.Equal(audit.MediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType?.CharSet);
        JsonObject answer = JsonNode.Parse(body)!.AsObject();
        Assert.Equal(audit.HasErrors, answer.ContainsKey("errors"));
        Assert.Equal(!audit.HasErrors, answer.ContainsKey("data"));
    }

    static IEnumerable<Audit> All()
    {
        foreach (Audit audit in Forms().Concat(Parameters()).Concat(Failures()))
            yield return audit;
    }

    /// <summary>Media types, encoding, methods.</summary>
    static IEnumerable<Audit> Forms()
    {
        yield return Post("22EB", Response, Typename) with { MediaType = Response };
        yield return Post("4655", Json, Typename) with { MediaType = Json };
        yield return Post("47DE", "*/*", Typename) with { MediaType = Json };
        yield return Get("80D8", null, "?query={__typename}") with { MediaType = Json };
        yield return Post("82A3", "*/*", Typename);
        yield return Post("BF61", "*/*", Typename) with { ContentType = "application/json; charset=utf-8" };
        yield return Post("78D5", "*/*", Typename);
        yield return Post("2C94", "*/*", Typename);
        yield return Get("5A70", "*/*", "?query={__typename}");
        yield return Get("9C48", Response, "?query=mutation{__typename}").Fails(400, 499);
        yield return Post("9ABE", "*/*", null).Fails(400, 499);
        yield return Post("03D4", "*/*", Typename);
        yield return Post("A5BF", "*/*", "").Fails(400);
    }

    static IEnumerable<Audit> Parameters()
    {
        yield return Post("423L", "*/*", """{"notquery":"{ __typename }"}""").Fails(400);
        yield return Post("8764", "*/*", """{"qeury":"{ __typename }"}""").Fails(400, 599);
        yield return Post("3E3A", "*/*", """{"qeury":"{ __typename }"}""").Fails(400);
        yield return Post("34A2", Response, Typename);
        yield return Post("13EE", Json, Typename);
        yield return Post("8161", Response, """{"operationName":"Query","query":"query Query { __typename }"}""");
        yield return Post("B8B3", Json, """{"operationName":"Query","query":"query Query { __typename }"}""");
        yield return Post("2EA1", Response, TypeQuery());
        yield return Post("28B9", Json, TypeQuery());
        yield return Get("D6D5", Response, TypeParameters());
        yield return Get("6A70", Json, TypeParameters());
        yield return Post("428F", Response, With("extensions", """{"some":"value"}"""));
        yield return Post("1B7A", Json, With("extensions", """{"some":"value"}"""));
        for (int index = 0; index < 4; index++)
        {
            yield return Post($"LKJ{index}", "*/*", $$"""{"query":{{NoStrings[index]}}}""").Fails(400);
            yield return Post($"6C0{index}", "*/*", With("operationName", NoStrings[index])).Fails(400);
            yield return Post($"476{index}", "*/*", With("variables", NoMaps[index])).Fails(400);
            yield return Post($"58B{index}", "*/*", With("extensions", NoMaps[index])).Fails(400);
        }

        string[] optional = ["variables", "operationName", "extensions"];
        for (int index = 0; index < optional.Length; index++)
        {
            yield return Post($"94B{index}", Response, With(optional[index], "null"));
            yield return Post($"022{index}", Json, With(optional[index], "null"));
        }
    }

    static IEnumerable<Audit> Failures()
    {
        const string Unparsable = """{"query":"{"}""";
        const string Unknown = """{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}""";
        const string Coercion = """{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}""";
        yield return Post("B6DC", Json, "{ \"not a JSON").Fails(200, 599);
        yield return Post("BCF8", Json, "{ \"not a JSON").Fails(400);
        yield return Post("B7N8", Response, "{ \"not a JSON").Fails(400);
        yield return Post("572B", Json, Unparsable).Fails(200);
        yield return Post("FDE2", Json, Unknown).Fails(200);
        yield return Post("7B9B", Json, Coercion).Fails(200);
        yield return Post("865D", Response, Unparsable).Fails(400, 599);
        yield return Post("556A", Response, Unparsable).Fails(400);
        yield return Post("D586", Response, Unparsable).Fails(400);
        yield return Post("51FE", Response, Unknown).Fails(400, 599);
        yield return Post("74FF", Response, Unknown).Fails(400);
        yield return Post("5E5B", Response, Unknown).Fails(400);
        yield return Post("86EE", Response, Coercion).Fails(400);
    }

    static string With(string name, string value) => $$"""{"query":"query Query { __typename }","{{name}}":{{value}}}""";

    static string TypeQuery() => $$$"""{"query":"{{{TypeByName}}}","variables":{"name":"sometype"}}""";

    static string TypeParameters() => $"?query={WebUtility.UrlEncode(TypeByName)}&variables={WebUtility.UrlEncode("""{"name":"sometype"}""")}";

    static Audit Post(string id, string accept, string? body) => new(id, IsGet: false, accept, body, "");

    static Audit Get(string id, string? accept, string parameters) => new(id, IsGet: true, accept, null, parameters);

    public sealed record Audit(string Id, bool IsGet, string? Accept, string? Body, string Parameters)
    {
        public string? ContentType { get; init; } = "application/json";

        public string? MediaType { get; init; }

        public IReadOnlyList<int> Status { get; init; } = [200];

        public bool HasErrors { get; init; }

        public Audit Fails(int lowest, int? highest = null) =>
            this with { HasErrors = true, Status = [.. Enumerable.Range(lowest, (highest ?? lowest) - lowest + 1)] };

        public override string ToString() => Id;
    }
}
