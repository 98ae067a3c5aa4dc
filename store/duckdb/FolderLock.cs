using System.Globalization;

namespace Homer.Search.Store.DuckDb;

/// <summary>Keeps a folder to one process: two writers would each destroy what the other wrote.</summary>
sealed class FolderLock : IDisposable
{
    const string LockName = ".lock";
    const string OwnerName = ".owner";

    readonly FileStream _lock;

    FolderLock(FileStream file) => _lock = file;

    /// <summary>Throws <see cref="StoreException"/> when another process has it.</summary>
    public static FolderLock Take(string folder)
    {
        string owner = Path.Combine(folder, OwnerName);
        try
        {
            Directory.CreateDirectory(folder);
            FileStream file = new(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FolderLock(file);
        }
        catch (IOException error)
        {
            string who = File.Exists(owner) ? $"process {File.ReadAllText(owner)}" : "another process";
            throw new StoreException(
                $"{folder} is in use by {who}: {error.Message} Stop that process, or give this one a data folder of its own.", isTransient: false, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreException($"{folder} cannot be written: {error.Message} Give this user the right to write there.", isTransient: false, error);
        }
    }

    public void Dispose() => _lock.Dispose();
}
