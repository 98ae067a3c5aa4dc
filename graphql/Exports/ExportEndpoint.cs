using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Api.Exports;

/// <summary>
/// <c>GET /export/{format}</c>: the messages of a call with all its legs (<c>callId</c>, and <c>legs=own</c> for that Call-ID alone), or those that a search
/// finds (<c>query</c>, <c>from</c>, <c>to</c>), as a file; <c>masked=true</c> without numbers and names. The format <c>zip</c> is a bundle of the others.
/// </summary>
sealed class ExportEndpoint(CaptureQueries queries, ILogger<ExportEndpoint> logger)
{
    /// <summary>Messages whose bytes are held at once.</summary>
    const int ChunkSize = 200;

    static readonly string[] Bundled = ["pcapng", "txt", "json", "html", MessageExport.Scenario];

    public async Task HandleAsync(HttpContext context)
    {
        string format = (string?)context.GetRouteValue("format") ?? "";
        string? mediaType = format == MessageExport.Bundle ? "application/zip" : MessageExport.Of(format)?.MediaType;
        if (mediaType is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no format `{format}`; give one of {string.Join(", ", MessageExport.Formats)}.");
            return;
        }

        try
        {
            if (await AskedAsync(context, format) is not { } asked)
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such call; Call-IDs are case-sensitive.");
                return;
            }

            context.Response.ContentType = mediaType;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"homer.{format}\"";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (format == MessageExport.Bundle)
            {
                // An entry of an archive writes its last octets when it is closed, and not asynchronously.
                context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                await WriteBundleAsync(asked, context.Response.Body, context.RequestAborted);
            }
            else
            {
                await WriteAsync(MessageExport.Of(format, asked.Report)!, asked, context.Response.BodyWriter, context.RequestAborted);
            }
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
    async Task<Exported?> AskedAsync(HttpContext context, string format)
    {
        IQueryCollection asked = context.Request.Query;
        CancellationToken cancellation = context.RequestAborted;
        bool isMasked = asked["masked"] == "true";
        if ((string?)asked["callId"] is not { Length: > 0 } callId)
        {
            if (format == MessageExport.Scenario)
                throw new InputException("callId", "A SIPp scenario is made of one call: give its callId.");
            TimeRange range = queries.Range(Given(asked, "from", "now-1h"), Given(asked, "to", "now"));
            return new Exported(() => queries.MessagesAsync(range, asked["query"], MessageExport.Read, cancellation), null, isMasked);
        }

        if (await queries.CallAsync(callId, null, cancellation) is not { } call)
            return null;
        // The scenario is that of the call asked for, whichever leg came first.
        IReadOnlyList<Document> legs = asked["legs"] == "own" || format == MessageExport.Scenario ? [call] : (await queries.SessionAsync(call, wanted: null, cancellation)).Legs;
        CallReport? report = format is MessageExport.Bundle or "html" ? await ReportAsync(call, legs, isMasked, cancellation) : null;
        return new Exported(() => queries.MessagesOfLegsAsync(legs, MessageExport.Read, cancellation), report, isMasked);
    }

    async Task<CallReport> ReportAsync(Document call, IReadOnlyList<Document> legs, bool isMasked, CancellationToken cancellation)
    {
        CallView view = queries.View(call);
        // One more tells whether there are more.
        Document[] messages = await queries.MessagesOfLegsAsync(legs, wanted: null, cancellation).Take(CallReport.MostMessages + 1).ToArrayAsync(cancellation);
        Document[] own = [.. messages.Where(message => message.Text(Fields.CallId) == view.CallId)];
        IReadOnlyList<byte[]?> raw = await queries.RawAsync(own, cancellation);
        Dictionary<string, byte[]> byId = own.Zip(raw).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Id, pair => pair.Second!);
        return CallReport.Of(view, messages, byId, (await queries.QosReportsOfCallAsync(call, cancellation)).Documents, isMasked);
    }

    /// <summary>One file after another, each read anew, so that none has to be held.</summary>
    async Task WriteBundleAsync(Exported what, Stream target, CancellationToken cancellation)
    {
        await using ZipArchive bundle = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        if (what.Report is { } report)
        {
            await using Stream entry = await bundle.CreateEntry("report.txt").OpenAsync(cancellation);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(report.ToString()), cancellation);
        }

        foreach (string format in Bundled.Where(format => format != MessageExport.Scenario || what.Report is not null))
        {
            await using Stream entry = await bundle.CreateEntry($"messages.{format}").OpenAsync(cancellation);
            PipeWriter writer = PipeWriter.Create(entry);
            await WriteAsync(MessageExport.Of(format, what.Report)!, what, writer, cancellation);
            await writer.CompleteAsync();
        }
    }

    async Task WriteAsync(MessageExport export, Exported what, PipeWriter target, CancellationToken cancellation)
    {
        bool hasBegun = false;
        await foreach (Document[] chunk in what.Messages().Chunk(ChunkSize).WithCancellation(cancellation))
        {
            IReadOnlyList<byte[]?> raw = await queries.RawAsync(chunk, cancellation);
            // Only now, so that a search that cannot be read is refused with its reason.
            if (!hasBegun)
                export.Begin(target);
            hasBegun = true;
            foreach ((Document message, byte[]? bytes) in chunk.Zip(raw))
            {
                if (bytes is not null)
                    export.Write(message, what.IsMasked ? Masking.Mask(message, bytes) : bytes, target);
            }

            await target.FlushAsync(cancellation);
        }

        if (!hasBegun)
            export.Begin(target);
        export.End(target);
        await target.FlushAsync(cancellation);
    }

    static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    static string Given(IQueryCollection asked, string name, string usual) => (string?)asked[name] is { Length: > 0 } text ? text : usual;

    /// <param name="Messages">Reads them, from the first each time.</param>
    /// <param name="Report">Null for a search.</param>
    sealed record Exported(Func<IAsyncEnumerable<Document>> Messages, CallReport? Report, bool IsMasked);
}
