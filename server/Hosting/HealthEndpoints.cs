using Homer.Search.Jobs;
using Homer.Search.Journal;
using Homer.Search.Store;

namespace Homer.Search.Server.Hosting;

/// <summary>Tells machines whether the process lives and whether it can do its work.</summary>
static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        endpoints.MapGet("/health/ready",
            async (ICaptureStore store, IServiceProvider services, IngestStatusSource ingest, CancellationToken cancellation) =>
        {
            StoreHealth health = await store.CheckAsync(cancellation);
            CaptureJournal? journal = services.GetService<CaptureJournal>();
            // Without a journal the status is that of other processes, and their trouble.
            string? trouble = journal is null ? null : JournalTrouble(journal) ?? ingest.Snapshot().Trouble;
            bool ready = health.IsReady && trouble is null;
            return Results.Json(
                new { status = ready ? "ready" : "not ready", store = health.Detail, ingest = trouble ?? "in order", jobs = services.GetService<JobsLease>()?.State ?? "not here" },
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }

    static string? JournalTrouble(CaptureJournal journal) => journal.FullReason switch
    {
        JournalFullReason.None => journal.Trouble,
        JournalFullReason.Disk => "The disk of the journal is full. Make room; it goes on by itself.",
        _ => "The journal is full: the store is behind. It goes on by itself when the store catches up.",
    };
}
