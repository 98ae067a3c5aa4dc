using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Homer.Search.Api.Http;

/// <summary>Reads a GraphQL request out of an HTTP request (GraphQL over HTTP, "Request"); throws <see cref="RefusedException"/>.</summary>
sealed class RequestReader(IGraphQLSerializer serializer)
{
    const string Json = "application/json";
    const string Form = "application/x-www-form-urlencoded";

    public async Task<GraphQLRequest> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        HttpMethods.IsPost(request.Method) && MediaTypeOf(request) == Json
            ? Read(await RequestBody.ReadAsync(request, cancellation))
            : Read(await ReadParametersAsync(request, cancellation));

    /// <summary>The parameters of a GET or of a form that was sent.</summary>
    public static async Task<Func<string, StringValues>> ReadParametersAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (HttpMethods.IsGet(request.Method))
            return name => request.Query[name];
        if (!HttpMethods.IsPost(request.Method))
            throw new RefusedException(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "Use GET or POST.");
        if (MediaTypeOf(request) != Form)
            throw Unsupported($"The request is {request.ContentType}");

        string form = Encoding.UTF8.GetString(await RequestBody.ReadAsync(request, cancellation));
        return QueryHelpers.ParseQuery(form).GetValueOrDefault;
    }

    public GraphQLRequest Read(Func<string, StringValues> parameter)
    {
        return new GraphQLRequest
        {
            Query = Given("query") ?? throw Missing(),
            OperationName = Given("operationName"),
            Variables = Object("variables"),
            Extensions = Object("extensions"),
        };

        string? Given(string name) => string.IsNullOrWhiteSpace(parameter(name)) ? null : parameter(name).ToString();

        Inputs? Object(string name) => Given(name) is { } json ? Map(Parse(Encoding.UTF8.GetBytes(json), $"`{name}` is not JSON"), name) : null;
    }

    GraphQLRequest Read(byte[] body)
    {
        JsonElement root = Parse(body, "The body is not JSON");
        if (root.ValueKind == JsonValueKind.Array)
            throw Invalid("Send one request at a time: batches are not taken.");
        if (root.ValueKind != JsonValueKind.Object)
            throw Invalid("The body must be a JSON object with the member `query`.");
        return new GraphQLRequest
        {
            Query = Text(root, "query") ?? throw Missing(),
            OperationName = Text(root, "operationName"),
            Variables = root.TryGetProperty("variables", out JsonElement variables) ? Map(variables, "variables") : null,
            Extensions = root.TryGetProperty("extensions", out JsonElement extensions) ? Map(extensions, "extensions") : null,
        };
    }

    Inputs? Map(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => serializer.ReadNode<Inputs>(value),
        _ => throw Invalid($"`{name}` must be a JSON object."),
    };

    static string? MediaTypeOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            throw Unsupported("The request has no Content-Type");
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw Unsupported($"The request is in {type.Charset}");
        return type.MediaType.Value?.ToLowerInvariant();
    }

    static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid($"`{name}` must be a string.");
    }

    static JsonElement Parse(byte[] json, string complaint)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException mistake)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "JSON_INVALID", $"{complaint}: {mistake.Message}", mistake);
        }
    }

    static RefusedException Missing() => Invalid("`query` is missing: send the GraphQL document in it.");

    static RefusedException Invalid(string message) => new(StatusCodes.Status400BadRequest, "PARAMETERS_INVALID", message);

    static RefusedException Unsupported(string found) =>
        new(StatusCodes.Status415UnsupportedMediaType, "MEDIA_TYPE_UNSUPPORTED", $"{found}; send `application/json` in UTF-8.");
}
