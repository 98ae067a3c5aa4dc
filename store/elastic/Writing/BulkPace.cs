namespace Homer.Search.Store.Elastic;

/// <summary>
/// How large bulk bodies are made and how many are under way, as the engine takes them: more while it answers briskly, less when it is slow, much less
/// when it says that it is too busy. Safe for several threads.
/// </summary>
sealed class BulkPace
{
    /// <summary>Smaller bodies cost an engine more than they spare it.</summary>
    const int LeastBytes = 64 * 1024;

    /// <summary>Answers without a refusal before one more request is tried.</summary>
    const int SmoothAnswers = 8;

    static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    readonly Lock _lock = new();
    readonly int _mostRequests;
    int _mostBytes;
    int _bytes;
    int _requests;
    int _smooth;

    public BulkPace(int mostBytes, int mostRequests)
    {
        _mostBytes = Math.Max(LeastBytes, mostBytes);
        _mostRequests = _requests = Math.Max(1, mostRequests);
        _bytes = Math.Max(LeastBytes, _mostBytes / 4);
    }

    /// <summary>Octets after which a body is sent.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Requests under way at once at most.</summary>
    public int Requests
    {
        get
        {
            lock (_lock)
                return _requests;
        }
    }

    /// <summary>The engine took a body of so many octets.</summary>
    public void Taken(int bytes, TimeSpan took)
    {
        lock (_lock)
        {
            // What a small body took says nothing of larger ones.
            if (took < Brisk && bytes >= _bytes / 2)
                _bytes = (int)Math.Min(_mostBytes, _bytes * 1.25);
            else if (took > Slow)
                _bytes = Math.Max(LeastBytes, _bytes * 3 / 4);
            if (_requests < _mostRequests && ++_smooth >= SmoothAnswers)
                (_requests, _smooth) = (_requests + 1, 0);
        }
    }

    /// <summary>The engine had no room for a body, or for some of it.</summary>
    public void Busy()
    {
        lock (_lock)
        {
            _bytes = Math.Max(LeastBytes, _bytes / 2);
            _requests = Math.Max(1, _requests / 2);
            _smooth = 0;
        }
    }

    /// <summary>A body of so many octets is more than the engine, or something before it, ever takes at once.</summary>
    public void TooLarge(int bytes)
    {
        lock (_lock)
        {
            _mostBytes = Math.Clamp(bytes / 2, LeastBytes, _mostBytes);
            _bytes = Math.Min(_bytes, _mostBytes);
        }
    }
}
