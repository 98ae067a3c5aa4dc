namespace Homer.Search.Calls;

/// <summary>
/// The aliases in force, for programs that read and change them. A change is checked as the file is, written in the place of <c>aliases.yaml</c> wholly or
/// not at all, and in force when it returns; a file that somebody edits meanwhile is read first. Safe for several threads.
/// </summary>
public sealed class AliasBook(RuleFile<AliasTable> file)
{
    readonly Lock _lock = new();

    public IReadOnlyList<Alias> Aliases => file.Current.Aliases;

    /// <summary>These and no others.</summary>
    /// <exception cref="RuleFileException">One cannot be; <see cref="AliasFile.IndexOf"/> says which.</exception>
    /// <exception cref="AliasBookException">The file cannot be changed.</exception>
    public IReadOnlyList<Alias> Replace(IReadOnlyList<WrittenAlias> aliases)
    {
        IReadOnlyList<Alias> all = Check(aliases);
        return Change(_ => all);
    }

    /// <summary>Adds these; one for a place that has a name is its new name.</summary>
    /// <exception cref="RuleFileException">One cannot be; <see cref="AliasFile.IndexOf"/> says which.</exception>
    /// <exception cref="AliasBookException">The file cannot be changed.</exception>
    public IReadOnlyList<Alias> Put(IReadOnlyList<WrittenAlias> aliases)
    {
        IReadOnlyList<Alias> some = Check(aliases);
        return Change(known =>
        {
            Dictionary<object, Alias> named = some.ToDictionary(static alias => (object)alias.Place);
            IEnumerable<Alias> kept = known.Select(alias => named.Remove(alias.Place, out Alias? renamed) ? renamed : alias);
            Alias[] old = [.. kept];
            return [.. old, .. some.Where(alias => named.ContainsKey(alias.Place))];
        });
    }

    /// <summary>Takes these away, by their places; their names do not matter.</summary>
    /// <exception cref="RuleFileException">One cannot be; <see cref="AliasFile.IndexOf"/> says which.</exception>
    /// <exception cref="AliasBookException">A place has no name, or the file cannot be changed.</exception>
    public IReadOnlyList<Alias> Remove(IReadOnlyList<WrittenAlias> aliases)
    {
        IReadOnlyList<Alias> some = Check(aliases);
        return Change(known =>
        {
            HashSet<object> places = [.. known.Select(static alias => (object)alias.Place)];
            if (some.FirstOrDefault(alias => !places.Contains(alias.Place)) is { } unknown)
                throw new AliasBookException($"{unknown} has no name; nothing was removed.");
            places = [.. some.Select(static alias => (object)alias.Place)];
            return [.. known.Where(alias => !places.Contains(alias.Place))];
        });
    }

    static IReadOnlyList<Alias> Check(IEnumerable<WrittenAlias> aliases) => AliasFile.Read(AliasTable.FileName, new StringReader(AliasFile.Write(aliases))).Aliases;

    IReadOnlyList<Alias> Change(Func<IReadOnlyList<Alias>, IReadOnlyList<Alias>> change)
    {
        string path = file.Path
            ?? throw new AliasBookException($"there is no folder that {AliasTable.FileName} could stand in; start the server with --rules FOLDER.");
        lock (_lock)
        {
            file.Look();
            if (file.Trouble is { } trouble)
                throw new AliasBookException($"{trouble} Mend the file first; nothing was changed.");
            string text = AliasFile.Write(change(file.Current.Aliases).Select(static alias => alias.Written));
            try
            {
                Write(path, text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new AliasBookException($"{path} cannot be written: {e.Message} Make its folder writable for the server; nothing was changed.", e);
            }

            file.Look();
            return file.Current.Aliases;
        }
    }

    /// <summary>Whoever reads finds the old file or the new one, also after a power cut.</summary>
    static void Write(string path, string text)
    {
        string written = path + ".new";
        using (var stream = new FileStream(written, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
            using var writer = new StreamWriter(stream);
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: true);
    }
}

/// <summary>Aliases that cannot be changed; says why and how to mend it.</summary>
public sealed class AliasBookException(string message, Exception? inner = null) : Exception(message, inner);
