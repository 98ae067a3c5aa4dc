using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Jobs;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Doctor;

/// <summary>Reads the facts about this machine and data folder and has them judged.</summary>
sealed class Checkup(ServerOptions options, TimeProvider clock)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        bool running = await IsOurServerThereAsync(cancellation);
        List<Finding> findings = [];
        foreach (IPEndPoint address in options.Hep)
        {
            findings.Add(Port("HEP over UDP", "udp", address, running));
            findings.Add(Port("HEP over TCP", "tcp", address, running));
        }

        findings.Add(Port("pages and GraphQL", "tcp", options.Http, running));
        findings.Add(await DataAsync(running, cancellation));
        if (options.Elastic is { } engine)
            findings.AddRange(await EngineAsync(engine, cancellation));
        var drive = new DriveInfo(ExistingParent(options.Data));
        findings.Add(Judgement.Disk(options.Data, drive.AvailableFreeSpace, drive.TotalSize));
        findings.Add(new Finding(
            "sizes", Verdict.Good,
            $"journal and raw messages {Judgement.Gigabytes(Size(options.JournalFolder))}, index {Judgement.Gigabytes(Size(options.IndexFolder))}."));
        findings.Add(Judgement.Retention(options.Retention));
        findings.AddRange(options.Rules.Describe().Select(static sentence => new Finding("rules", Verdict.Good, sentence)));
        if (options.Gate.AgentKeys is { Path: { } keys } agents)
            findings.Add(Judgement.Keys(keys, agents.Current.Count, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(keys)));
        findings.Add(Judgement.ReceiveBuffer(Number("/proc/sys/net/core/rmem_max", line => line)));
        findings.Add(Judgement.OpenFiles(Number("/proc/self/limits", SoftLimitOfOpenFiles)));
        findings.Add(Judgement.Clock(Instant.Now(clock), Instant.From(File.GetLastWriteTimeUtc(typeof(Checkup).Assembly.Location))));
        return findings;
    }

    static Finding Port(string subject, string protocol, IPEndPoint address, bool running)
    {
        try
        {
            bool tcp = protocol == "tcp";
            using var socket = new Socket(
                address.AddressFamily, tcp ? SocketType.Stream : SocketType.Dgram, tcp ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(address);
            if (tcp)
                socket.Listen(1);
            return new Finding(subject, Verdict.Good, $"{address} is free.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            string owner = SocketOwner.Of(protocol, address) ?? "another process";
            return running
                ? new Finding(subject, Verdict.Good, $"{address} is served by {owner}; Homer.Search is running.")
                : new Finding(subject, Verdict.Wrong, $"{address} is taken by {owner}. Stop it or choose another address.");
        }
        catch (SocketException e)
        {
            return new Finding(subject, Verdict.Wrong, $"{address} cannot be used: {e.Message}. Choose an address of this machine.");
        }
    }

    async Task<Finding> DataAsync(bool running, CancellationToken cancellation)
    {
        if (running)
            return new Finding("data folder", Verdict.Good, $"the running server has it; {options.Data} is what --data says here.");
        try
        {
            bool isNew = !Directory.Exists(options.Data);
            string probe = Path.Combine(ExistingParent(options.Data), $".homer-{Guid.NewGuid():N}");
            await File.WriteAllTextAsync(probe, "", cancellation);
            File.Delete(probe);
            if (isNew || !Directory.Exists(options.JournalFolder))
                return new Finding("data folder", Verdict.Good, $"{options.Data} will be made at the first start.");
            if (options.Elastic is not null)
                return new Finding("data folder", Verdict.Good, $"{options.Data} can be written.");
            await using DataFolder data = await DataFolder.OpenAsync(options, clock);
            StoreHealth health = await data.Store.CheckAsync(cancellation);
            return new Finding("data folder", health.IsReady ? Verdict.Good : Verdict.Wrong, health.Detail);
        }
        catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
        {
            return new Finding("data folder", Verdict.Wrong, e.Message);
        }
    }

    async Task<IReadOnlyList<Finding>> EngineAsync(ElasticOptions engine, CancellationToken cancellation)
    {
        await using ElasticStore store = ElasticStore.Open(engine, Archive.Open(options.JournalFolder), clock);
        StoreHealth health = await store.CheckAsync(cancellation);
        if (!health.IsReady)
            return [new Finding("store", Verdict.Wrong, health.Detail)];
        return [new Finding("store", Verdict.Good, health.Detail), await JobsAsync(store.Leases, cancellation)];
    }

    async Task<Finding> JobsAsync(ILeaseStore leases, CancellationToken cancellation)
    {
        try
        {
            return Judgement.Jobs(await leases.ReadAsync(JobsLease.Name, cancellation), JobsLease.Term, Instant.Now(clock));
        }
        catch (StoreException e)
        {
            return new Finding("jobs", Verdict.Doubtful, $"who does them cannot be read: {e.Message}");
        }
    }

    async Task<bool> IsOurServerThereAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return (await http.GetStringAsync(new Uri($"http://{options.Http}/health/live"), cancellation))
                .Contains("\"live\"", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    static string ExistingParent(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder) ?? Path.DirectorySeparatorChar.ToString();
        return folder;
    }

    static long Size(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    static string SoftLimitOfOpenFiles(string line) =>
        line.StartsWith("Max open files", StringComparison.Ordinal) ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3] : "";

    /// <summary>The first number that <paramref name="pick"/> finds in a line of the file; null when there is no file or no number.</summary>
    static long? Number(string path, Func<string, string> pick)
    {
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (long.TryParse(pick(line), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                return number;
        }

        return null;
    }
}
