using System.Globalization;

namespace Homer.Search.Journal;

/// <summary>
/// Keeps a second writer, in this process or another, out of a journal's folder; the system frees it when the process ends.
/// </summary>
sealed class FolderLock : IDisposable
{
    readonly FileStream _lock;

    public FolderLock(string folder)
    {
        string owner = Path.Combine(folder, "owner");
        try
        {
            _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            string who = File.Exists(owner) ? $"process {File.ReadAllText(owner).Trim()}" : "another process";
            throw new JournalException($"The journal in {folder} is in use by {who}: stop it, or give another data folder.", failure);
        }

        // In a file of its own, since the locked one cannot be read by others.
        File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => _lock.Dispose();
}
