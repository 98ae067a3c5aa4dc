using System.Globalization;
using System.Net;

namespace Homer.Search.Server.Doctor;

/// <summary>Finds which process has a port, from /proc. Other users' processes only root can see.</summary>
static class SocketOwner
{
    /// <summary>E.g. <c>kamailio (pid 4711)</c>; null when it cannot be told.</summary>
    /// <param name="protocol">tcp or udp.</param>
    public static string? Of(string protocol, IPEndPoint address)
    {
        string? inode = new[] { $"/proc/net/{protocol}", $"/proc/net/{protocol}6" }.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => Inode(line, protocol, address.Port)).FirstOrDefault(found => found is not null);
        return inode is null ? null : Holder($"socket:[{inode}]");
    }

    /// <summary>The inode of a line of /proc/net that listens on the port; null for other lines.</summary>
    public static string? Inode(string line, string protocol, int port)
    {
        string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const string Listening = "0A";
        bool listens = columns.Length > 9 && (protocol == "udp" || columns[3] == Listening);
        return listens && columns[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal)
            ? columns[9] : null;
    }

    static string? Holder(string socket)
    {
        foreach (string process in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (Directory.GetFiles(Path.Combine(process, "fd")).Any(handle => new FileInfo(handle).LinkTarget == socket))
                    return $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} (pid {Path.GetFileName(process)})";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or belongs to another user: the next one may be it.
                continue;
            }
        }

        return null;
    }
}
