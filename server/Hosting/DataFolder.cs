using Homer.Search.Journal;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;

namespace Homer.Search.Server.Hosting;

/// <summary>An opened data folder: the journal, the archive it becomes, and the index over both. One process uses it at a time.</summary>
sealed class DataFolder : IAsyncDisposable
{
    DataFolder(CaptureJournal journal, Archive archive, DuckDbStore store)
    {
        Journal = journal;
        Archive = archive;
        Store = store;
    }

    public CaptureJournal Journal { get; }

    public Archive Archive { get; }

    public DuckDbStore Store { get; }

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="CommandException">Another process uses it, or it cannot be read or written.</exception>
    public static async Task<DataFolder> OpenAsync(ServerOptions options, TimeProvider clock)
    {
        CaptureJournal? journal = null;
        try
        {
            Directory.CreateDirectory(options.Data);
            journal = CaptureJournal.Open(new JournalOptions(options.JournalFolder), clock);
            Archive archive = Archive.Open(options.JournalFolder);
            return new DataFolder(journal, archive, await DuckDbStore.OpenAsync(options.IndexFolder, archive));
        }
        catch (Exception e) when (e is JournalException or StoreException or IOException or UnauthorizedAccessException)
        {
            journal?.Dispose();
            throw CommandException.Failure($"the data folder {options.Data} cannot be used: {e.Message}");
        }
    }

    /// <summary>The store first: it reads from the archive.</summary>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Journal.Dispose();
    }
}
