using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>A place of its own for the documents of one test, empty at first; disposing it clears it away.</summary>
public abstract class StorePlace : IAsyncDisposable
{
    /// <summary>Opens the store over what the place holds; the one opened before has been disposed.</summary>
    public abstract ValueTask<ICaptureStore> OpenAsync(CancellationToken cancellation);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
