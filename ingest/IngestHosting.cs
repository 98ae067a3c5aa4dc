using Microsoft.Extensions.DependencyInjection;

namespace Homer.Search.Ingest;

/// <summary>Registers the way in.</summary>
public static class IngestHosting
{
    /// <summary>
    /// Adds the listeners and the indexer as hosted services. They use the registered <see cref="Journal.CaptureJournal"/>,
    /// <see cref="Store.ICaptureStore"/>, <see cref="Store.IngestStatusSource"/> and <see cref="TimeProvider"/>. Starting the host throws
    /// <see cref="ListenException"/> when an address cannot be listened on.
    /// </summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options) => throw new NotImplementedException();
}
