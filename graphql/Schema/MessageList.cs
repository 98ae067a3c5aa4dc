using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>The messages of one list; what costs a look into the store is read once for all of them, by the first that needs it.</summary>
sealed class MessageList
{
    readonly CaptureQueries _queries;
    readonly bool _isWholeCall;
    readonly Lock _lock = new();
    Task<IReadOnlyList<byte[]?>>? _raw;
    Task<bool[]>? _retransmissions;

    /// <param name="isWholeCall">The list has all there is of its Call-ID.</param>
    public MessageList(CaptureQueries queries, IReadOnlyList<Document> documents, bool isWholeCall = false)
    {
        _queries = queries;
        _isWholeCall = isWholeCall;
        Documents = documents;
        Messages = [.. Enumerable.Range(0, documents.Count).Select(index => new Message(this, index))];
    }

    public IReadOnlyList<Document> Documents { get; }

    public IReadOnlyList<Message> Messages { get; }

    public async Task<byte[]?> RawAsync(int index, CancellationToken cancellation) => (await AllRawAsync(cancellation))[index];

    /// <summary>The captured bytes that are still kept, by the message's identifier.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> RawAsync(CancellationToken cancellation) =>
        Documents.Zip(await AllRawAsync(cancellation)).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Id, pair => pair.Second!);

    public async Task<bool> IsRetransmissionAsync(int index, CancellationToken cancellation)
    {
        Task<bool[]> marks;
        lock (_lock)
        {
            marks = _retransmissions ??= _isWholeCall
                ? Task.FromResult(Calls.Retransmissions.Mark(Documents))
                : _queries.RetransmissionsAsync(Documents, cancellation);
        }

        return (await marks)[index];
    }

    Task<IReadOnlyList<byte[]?>> AllRawAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return _raw ??= _queries.RawAsync(Documents, cancellation).AsTask();
    }
}
