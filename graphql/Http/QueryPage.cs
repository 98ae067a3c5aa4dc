using System.Net;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Homer.Search.Api.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Homer.Search.Api.Http;

/// <summary>
/// What a browser sees: a form for a query, its answer below, examples and the schema. Works without scripts and loads nothing from elsewhere.
/// </summary>
sealed class QueryPage(RequestReader reader, SchemaText schema)
{
    static readonly GraphQLSerializer Indented = new(indent: true);

    public async Task AnswerAsync(HttpContext context, Func<HttpContext, GraphQLRequest, Task<ExecutionResult>> execute)
    {
        bool isForeign = CrossOrigin.IsForeign(context.Request);
        if (isForeign && !HttpMethods.IsGet(context.Request.Method))
            throw CrossOrigin.Refused();

        Func<string, StringValues> parameter = await RequestReader.ReadParametersAsync(context.Request, context.RequestAborted);
        string query = parameter("query").ToString();
        ExecutionResult? result = null;
        // A link from elsewhere fills the form in; asking is left to the person.
        if (!isForeign && !string.IsNullOrWhiteSpace(query))
        {
            try
            {
                result = await execute(context, reader.Read(parameter));
            }
            catch (RefusedException refusal)
            {
                result = refusal.ToResult();
            }
        }

        context.Response.StatusCode = result is null || result.Executed ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{QueryPageText.StyleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(Render(query, parameter("variables").ToString(), result), context.RequestAborted);
    }

    string Render(string query, string variables, ExecutionResult? result) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>GraphQL · Homer.Search</title>
        <style>{QueryPageText.Style}</style>
        </head>
        <body>
        <header><a href="/">Homer.Search</a> <h1>GraphQL</h1></header>
        <main>
        <form method="post" action="/graphql" accept-charset="utf-8">
        <label for="query">Query</label>
        <textarea id="query" name="query" rows="14" spellcheck="false" required>{Html(query.Length > 0 ? query : QueryPageText.Examples[0].Query)}</textarea>
        <label for="variables">Variables, as JSON</label>
        <textarea id="variables" name="variables" rows="3" spellcheck="false" placeholder="{Html("""{ "callId": "…" }""")}">{Html(variables)}</textarea>
        <button>Run</button>
        </form>
        {Answer(result)}
        <h2>Examples</h2>
        <ul>{string.Concat(QueryPageText.Examples.Select(Link))}</ul>
        <details><summary>Schema</summary><pre>{Html(schema.Text)}</pre></details>
        <p>Programs send <code>POST /graphql</code> with <code>Content-Type: application/json</code> and <code>{Html("""{"query": "…", "variables": {…}}""")}</code>.</p>
        </main>
        </body>
        </html>
        """;

    static string Answer(ExecutionResult? result)
    {
        if (result is null)
            return "";
        string mistakes = string.Concat((result.Errors ?? []).Select(error => $"<li>{Html(error.Message)}</li>"));
        return $"""
            <section aria-live="polite">
            <h2>Answer</h2>
            {(mistakes.Length > 0 ? $"<ul class=\"mistakes\">{mistakes}</ul>" : "")}
            <pre>{Html(Indented.Serialize(result))}</pre>
            </section>
            """;
    }

    static string Link(QueryExample example) => $"<li><a href=\"/graphql?query={Uri.EscapeDataString(example.Query)}\">{Html(example.Title)}</a></li>";

    static string Html(string text) => WebUtility.HtmlEncode(text);
}
