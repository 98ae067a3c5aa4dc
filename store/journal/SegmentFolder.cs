using System.Globalization;
using System.Runtime.InteropServices;

namespace Homer.Search.Journal;

/// <summary>
/// The names in a journal's folder: <c>000000000012.live</c> while it is written and followed, <c>000000000012.sealed</c> when it is final;
/// <c>.new</c> and <c>.sealing</c> are not finished, <c>.spare</c> is to be used again; they mean nothing after a restart.
/// </summary>
sealed class SegmentFolder(string path)
{
    const string LiveEnding = ".live", SealedEnding = ".sealed", NewEnding = ".new", SealingEnding = ".sealing", SpareEnding = ".spare";

    public string Path { get; } = path;

    public string Live(long number) => Name(number, LiveEnding);

    public string Sealed(long number) => Name(number, SealedEnding);

    public string New(long number) => Name(number, NewEnding);

    public string Sealing(long number) => Name(number, SealingEnding);

    public string Spare(long number) => Name(number, SpareEnding);

    /// <summary>Numbers of live segments, growing.</summary>
    public List<long> LiveNumbers() => Numbers(LiveEnding);

    /// <summary>Numbers of sealed segments, growing.</summary>
    public List<long> SealedNumbers() => Numbers(SealedEnding);

    /// <summary>Removes what a crash left half made, and live files whose sealed form is complete.</summary>
    public void Clean()
    {
        foreach (long number in Numbers(NewEnding))
            File.Delete(New(number));
        foreach (long number in Numbers(SealingEnding))
            File.Delete(Sealing(number));
        foreach (long number in Numbers(SpareEnding))
            File.Delete(Spare(number));
        foreach (long number in SealedNumbers())
            File.Delete(Live(number));
    }

    /// <summary>Gives a finished file its final name, durably.</summary>
    public void Publish(string unfinished, string final)
    {
        File.Move(unfinished, final, overwrite: true);
        Sync();
    }

    /// <summary>Makes the names in the folder durable; file systems of other systems than POSIX do so by themselves.</summary>
    void Sync()
    {
        if (OperatingSystem.IsWindows())
            return;
        int folder = Libc.Open(Path, Libc.ReadOnly);
        if (folder < 0)
            throw new IOException($"Cannot open the folder {Path} to flush it (error {Marshal.GetLastPInvokeError()}).");
        int result = Libc.Sync(folder);
        int error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(folder);
        if (result != 0)
            throw new IOException($"Cannot flush the names in {Path} (error {error}).");
    }

    string Name(long number, string ending) =>
        System.IO.Path.Combine(Path, number.ToString("D12", CultureInfo.InvariantCulture) + ending);

    List<long> Numbers(string ending)
    {
        List<long> numbers = [];
        if (!Directory.Exists(Path))
            return numbers;
        foreach (string file in Directory.EnumerateFiles(Path, "*" + ending))
        {
            if (long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                numbers.Add(number);
        }

        numbers.Sort();
        return numbers;
    }
}
