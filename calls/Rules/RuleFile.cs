namespace Homer.Search.Calls;

/// <summary>
/// One file in the folder of rules, looked at again and again: when it has changed it is read anew, and one that cannot be used leaves what was read before
/// in force.
/// </summary>
public abstract class RuleFile
{
    /// <summary>Where it lies; null when there is no folder of rules.</summary>
    public abstract string? Path { get; }

    /// <summary>Why what stands in the file is not in force; null while it is.</summary>
    public abstract string? Trouble { get; }

    /// <summary>Reads the file when it has changed since the last time; true when it had.</summary>
    public abstract bool Look();
}

/// <summary>As <see cref="RuleFile"/>, with what it says. May be used from any thread.</summary>
public sealed class RuleFile<T> : RuleFile
    where T : class
{
    readonly Func<string, TextReader, T> _read;
    readonly T? _shipped;
    readonly Lock _lock = new();
    string? _text;
    bool _isUnreadable;
    volatile T _current;
    volatile string? _trouble;

    /// <param name="path">Where it lies.</param>
    /// <param name="read">Reads it, given its name for errors.</param>
    /// <param name="shipped">In force without a file; null when there has to be one.</param>
    /// <exception cref="RuleFileException">It cannot be used: at the start nothing else is in force.</exception>
    /// <exception cref="IOException">It cannot be read, as <see cref="UnauthorizedAccessException"/>.</exception>
    public RuleFile(string path, Func<string, TextReader, T> read, T? shipped)
    {
        (Path, _read, _shipped) = (path, read, shipped);
        _text = TextOf(path);
        _current = Read(path, _text);
    }

    /// <summary>What is in force for good.</summary>
    public RuleFile(T constant)
    {
        _read = (_, _) => constant;
        _current = _shipped = constant;
    }

    public override string? Path { get; }

    public override string? Trouble => _trouble;

    /// <summary>What is in force.</summary>
    public T Current => _current;

    public override bool Look()
    {
        if (Path is not { } path)
            return false;
        lock (_lock)
            return Look(path);
    }

    bool Look(string path)
    {
        try
        {
            string? text = TextOf(path);
            if (text == _text)
                return EndTrouble();
            _text = text;
            _current = Read(path, text);
            _trouble = null;
            return true;
        }
        catch (RuleFileException e)
        {
            _trouble = e.Message;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isNew = _trouble is null;
            _isUnreadable = true;
            _trouble = $"{path} cannot be read: {e.Message}";
            return isNew;
        }
    }

    /// <summary>A file that could not be read for a while and is what it was.</summary>
    bool EndTrouble()
    {
        if (!_isUnreadable)
            return false;
        (_isUnreadable, _trouble) = (false, null);
        return true;
    }

    T Read(string path, string? text)
    {
        if (text is null)
            return _shipped!;
        using var reader = new StringReader(text);
        return _read(path, reader);
    }

    /// <summary>Null when there is no file and there need be none.</summary>
    string? TextOf(string path) => _shipped is null || File.Exists(path) ? File.ReadAllText(path) : null;
}
