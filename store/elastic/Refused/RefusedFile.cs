using System.Text;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// The file of refused documents, a line each. Whoever changes it holds <c>….lock</c> beside it meanwhile, which is never removed: so a server
/// may append while a replay in another process puts another file in its place. The lock ends with the process that holds it, however that ends.
/// </summary>
public sealed class RefusedFile(string path)
{
    /// <summary>The file grows no further; what comes then is counted only.</summary>
    const long LongestFile = 256L * 1024 * 1024;

    /// <summary>Others hold the lock for as long as it takes to write some lines.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public string Path => path;

    /// <summary>Its documents at this moment; null for a line that is not whole.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IEnumerable<RefusedDocument?> Documents()
    {
        if (!File.Exists(path))
            yield break;
        using var lines = new RefusedLines(Hold(Open));
        while (lines.Next() is { } line)
            yield return RefusedDocument.Parse(line);
    }

    /// <summary>Appends the documents; they are on the disk when this returns.</summary>
    /// <exception cref="IOException">They cannot be kept.</exception>
    public void Append(IReadOnlyList<RefusedDocument> documents) => Hold(() =>
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > LongestFile)
            return file.Length;
        file.Seek(0, SeekOrigin.End);
        // A line that a crash cut is ended, so that it takes no other with it.
        if (file.Length > 0 && !EndsALine(file))
            file.WriteByte((byte)'\n');
        foreach (RefusedDocument document in documents)
            file.Write(Encoding.UTF8.GetBytes(document.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
        return file.Length;
    });

    /// <summary>Begins to write it anew; one process at a time does.</summary>
    /// <exception cref="IOException">Another process does, or it cannot be read.</exception>
    internal RefusedRewrite Rewrite() => Hold(() => new RefusedRewrite(this, Open()));

    /// <summary>Does what no other process may do at the same time.</summary>
    internal T Hold<T>(Func<T> action)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        FileStream? held = null;
        if (!SpinWait.SpinUntil(() => (held = TryLock()) is not null, LongestWait))
            throw new IOException($"{path}.lock has been held by another process for {LongestWait.TotalSeconds:0} s; end that one.");
        using (held)
            return action();
    }

    /// <summary>As long as it is at this moment.</summary>
    FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    FileStream? TryLock()
    {
        string file = path + ".lock";
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    static bool EndsALine(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
