using System.IO.Pipelines;
using Homer.Search.Calls;
using Homer.Search.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Api.Exports;

/// <summary>
/// <c>GET /export/{format}</c>: the messages of a call with all its legs (<c>callId</c>, and <c>legs=own</c> for that Call-ID alone), or those that a search
/// finds (<c>query</c>, <c>from</c>, <c>to</c>), as a file; <c>masked=true</c> without numbers and names.
/// </summary>
sealed class ExportEndpoint(CaptureQueries queries, ILogger<ExportEndpoint> logger)
{
    /// <summary>Messages whose bytes are held at once.</summary>
    const int ChunkSize = 200;

    public async Task HandleAsync(HttpContext context)
    {
        string format = (string?)context.GetRouteValue("format") ?? "";
        if (MessageExport.Of(format) is not { } export)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no format `{format}`; give one of {string.Join(", ", MessageExport.Formats)}.");
            return;
        }

        try
        {
            if (await MessagesAsync(context) is not { } messages)
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such call; Call-IDs are case-sensitive.");
                return;
            }

            await WriteAsync(context, export, format, messages);
        }
        catch (Exception mistake) when (mistake is InputException or QueryException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, mistake.Message);
        }
        catch (StoreException failure)
        {
            ApiLog.StoreFailed(logger, failure);
            if (!context.Response.HasStarted)
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The store cannot be read now; try again.");
            else
                // A file that ends as if it were whole would be a lie.
                context.Abort();
        }
    }

    /// <summary>What is to be written; null when the call does not exist.</summary>
    async Task<IAsyncEnumerable<Document>?> MessagesAsync(HttpContext context)
    {
        IQueryCollection asked = context.Request.Query;
        CancellationToken cancellation = context.RequestAborted;
        if ((string?)asked["callId"] is not { Length: > 0 } callId)
            return queries.MessagesAsync(queries.Range(Given(asked, "from", "now-1h"), Given(asked, "to", "now")), asked["query"], cancellation);
        if (await queries.CallAsync(callId, null, cancellation) is not { } call)
            return null;

        IReadOnlyList<Document> messages = asked["legs"] == "own"
            ? (await queries.MessagesOfCallAsync(call, cancellation)).Documents
            : await queries.MessagesOfSessionAsync(await queries.SessionAsync(call, cancellation), cancellation);
        return messages.OrderBy(message => message.Time).ThenBy(message => message.Id, StringComparer.Ordinal).ToAsyncEnumerable();
    }

    async Task WriteAsync(HttpContext context, MessageExport export, string format, IAsyncEnumerable<Document> messages)
    {
        bool isMasked = context.Request.Query["masked"] == "true";
        PipeWriter target = context.Response.BodyWriter;
        bool hasBegun = false;
        await foreach (Document[] chunk in messages.Chunk(ChunkSize).WithCancellation(context.RequestAborted))
        {
            IReadOnlyList<byte[]?> raw = await queries.RawAsync(chunk, context.RequestAborted);
            // Only now, so that a search that cannot be read is refused with its reason.
            if (!hasBegun)
                Begin(context, export, format);
            hasBegun = true;
            foreach ((Document message, byte[]? bytes) in chunk.Zip(raw))
            {
                if (bytes is not null)
                    export.Write(message, isMasked ? Masking.Mask(message, bytes) : bytes, target);
            }

            await target.FlushAsync(context.RequestAborted);
        }

        if (!hasBegun)
            Begin(context, export, format);
        export.End(target);
        await target.FlushAsync(context.RequestAborted);
    }

    static void Begin(HttpContext context, MessageExport export, string format)
    {
        context.Response.ContentType = export.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"homer.{format}\"";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        export.Begin(context.Response.BodyWriter);
    }

    static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    static string Given(IQueryCollection asked, string name, string usual) => (string?)asked[name] is { Length: > 0 } text ? text : usual;
}
