using System.Text;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// The file of refused documents while it is written anew, beside the old one. Until it takes that one's place nothing has changed: a crash
/// before costs nothing but the work. What a server has appended meanwhile goes behind it.
/// </summary>
sealed class RefusedRewrite : IDisposable
{
    readonly RefusedFile _file;
    readonly RefusedLines _lines;
    readonly FileStream _kept;
    bool _isComplete;

    /// <summary>Made by who holds the file.</summary>
    internal RefusedRewrite(RefusedFile file, FileStream old)
    {
        _file = file;
        _lines = new RefusedLines(old);
        try
        {
            _kept = new FileStream(NewPath, FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            old.Dispose();
            throw new IOException($"{NewPath} cannot be written; perhaps another replay is at work: {e.Message}", e);
        }
    }

    string NewPath => _file.Path + ".new";

    /// <summary>The next line of the old file; null behind the last one.</summary>
    public string? Next() => _lines.Next();

    /// <summary>The line stays in the file.</summary>
    public void Keep(string line) => _kept.Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Puts what stays in the old one's place; a file without documents is removed.</summary>
    public void Complete() => _file.Hold(() =>
    {
        using (var old = new FileStream(_file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            old.Seek(_lines.End, SeekOrigin.Begin);
            old.CopyTo(_kept);
        }

        bool isEmpty = _kept.Length == 0;
        _kept.Flush(flushToDisk: true);
        // Still held, so that nobody takes it for a file of its own in between.
        _kept.Dispose();
        if (!isEmpty)
            File.Move(NewPath, _file.Path, overwrite: true);
        else
            File.Delete(_file.Path);
        File.Delete(NewPath);
        return _isComplete = true;
    });

    public void Dispose()
    {
        _lines.Dispose();
        if (_isComplete)
            return;
        _file.Hold(() =>
        {
            _kept.Dispose();
            File.Delete(NewPath);
            return true;
        });
    }
}
