using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>A folder of its own under the temporary one.</summary>
public sealed class DuckDbPlace : StorePlace
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("homer-duckdb-").FullName;

    public string Index => Path.Combine(Folder, "index");

    public override async ValueTask<ICaptureStore> OpenAsync(CancellationToken cancellation) =>
        await DuckDbStore.OpenAsync(Index, Archive.Open(Path.Combine(Folder, "journal")));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return base.DisposeAsync();
    }
}
