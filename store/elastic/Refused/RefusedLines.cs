using System.Text;

namespace Homer.Search.Store.Elastic;

/// <summary>The lines of the file of refused documents up to where it ended when it was opened; others may append meanwhile.</summary>
sealed class RefusedLines(FileStream file) : IDisposable
{
    readonly StreamReader _reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
    long _read;

    /// <summary>Where the file ended.</summary>
    public long End { get; } = file.Length;

    /// <summary>Null behind the last one.</summary>
    public string? Next()
    {
        string? line = "";
        // Behind one that a crash cut, whoever appended next may have left an empty one.
        while (line is "" && _read < End)
        {
            line = _reader.ReadLine();
            _read += Encoding.UTF8.GetByteCount(line ?? "") + 1;
        }

        return line is "" ? null : line;
    }

    public void Dispose() => _reader.Dispose();
}
