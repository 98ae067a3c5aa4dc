using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>What never changes for a journal, in the file <c>journal</c> of its folder.</summary>
/// <param name="Id">Random at creation.</param>
/// <param name="SegmentBytes">Octets a segment holds.</param>
sealed record JournalIdentity(uint Id, int SegmentBytes)
{
    const string Title = "homer-journal 1";

    /// <summary>Reads it; null when the folder holds no journal.</summary>
    public static JournalIdentity? Read(string folder)
    {
        string path = FileIn(folder);
        if (!File.Exists(path))
            return null;
        if (File.ReadAllText(path).Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries) is ["homer-journal", "1", "id", var id, "segment", var bytes]
            && uint.TryParse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint number)
            && int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out int segment))
            return new JournalIdentity(number, segment);
        throw new JournalException($"{path} is not the description of a journal this version reads; restore it, or move the folder away to begin anew.");
    }

    /// <summary>Reads it, or makes it for a new journal.</summary>
    public static JournalIdentity ReadOrCreate(SegmentFolder folder, int segmentBytes)
    {
        if (Read(folder.Path) is { } known)
        {
            return known.SegmentBytes == segmentBytes ? known : throw new JournalException(
                $"The journal in {folder.Path} was made with segments of {known.SegmentBytes} octets, not {segmentBytes}: give that size, or another folder.");
        }

        JournalIdentity identity = new(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), segmentBytes);
        string unfinished = FileIn(folder.Path) + ".new";
        string text = string.Create(CultureInfo.InvariantCulture, $"{Title}\nid {identity.Id:x8}\nsegment {segmentBytes}\n");
        File.WriteAllText(unfinished, text);
        using (SafeFileHandle file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        folder.Publish(unfinished, FileIn(folder.Path));
        return identity;
    }

    static string FileIn(string folder) => Path.Combine(folder, "journal");
}
