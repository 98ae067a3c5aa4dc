using Homer.Search.Journal;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Hosting;

/// <summary>
/// An opened data folder: the journal, and the store, whose embedded form lies beside it. One process uses the folder at a time; one that takes no
/// packets and has its store elsewhere uses none.
/// </summary>
sealed class DataFolder : IAsyncDisposable
{
    DataFolder(CaptureJournal? journal, ICaptureStore store)
    {
        Journal = journal;
        Store = store;
    }

    /// <summary>Null in a process that needs none.</summary>
    public CaptureJournal? Journal { get; }

    public ICaptureStore Store { get; }

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="CommandException">Another process uses it, or it cannot be read or written.</exception>
    public static async Task<DataFolder> OpenAsync(ServerOptions options, TimeProvider clock)
    {
        CaptureJournal? journal = null;
        try
        {
            if (options.Elastic is null || options.Roles.HasFlag(Roles.Ingest))
            {
                Directory.CreateDirectory(options.Data);
                journal = CaptureJournal.Open(new JournalOptions(options.JournalFolder) { KeepsIndexed = options.Elastic is null, MaxBytes = options.JournalSize }, clock);
            }

            Archive archive = Archive.Open(options.JournalFolder);
            return new DataFolder(
                journal, options.Elastic is { } elastic ? ElasticStore.Open(elastic, archive, clock) : await DuckDbStore.OpenAsync(options.IndexFolder, archive));
        }
        catch (Exception e) when (e is JournalException or StoreException or IOException or UnauthorizedAccessException)
        {
            journal?.Dispose();
            string apart = options.Elastic is null && options.Roles != Roles.All
                ? " The embedded store serves one process: run all roles in one, or give --store the address of Elasticsearch or OpenSearch."
                : "";
            throw CommandException.Failure($"the data folder {options.Data} cannot be used: {e.Message}{apart}");
        }
    }

    /// <summary>The store first: it reads from the archive.</summary>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Journal?.Dispose();
    }
}
