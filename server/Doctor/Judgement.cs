using System.Globalization;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Server.Doctor;

/// <summary>Judges facts about the machine. Pure: who reads the facts is <see cref="Checkup"/>.</summary>
static class Judgement
{
    /// <summary>Holds 100,000 datagrams of 700 octets a second for a tenth of a second.</summary>
    public const long EnoughReceiveBuffer = 8L << 20;

    /// <summary>Connections of agents, day files and segments together.</summary>
    public const long EnoughOpenFiles = 4096;

    const long Gigabyte = 1L << 30;

    public static Finding Disk(string folder, long free, long total)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{Gigabytes(free)} of {Gigabytes(total)} free under {folder}");
        long reserve = new JournalOptions(folder).ReserveBytes;
        if (free < reserve + Gigabyte)
            return new Finding("disk", Verdict.Wrong,
                $"{size}: intake stops when {Gigabytes(reserve)} remain. Make room or set --data to a larger disk.");
        return free < total / 10
            ? new Finding("disk", Verdict.Doubtful, $"{size}. Make room, or bound what is kept with --retention 30d,50GB.")
            : new Finding("disk", Verdict.Good, $"{size}.");
    }

    public static Finding Keys(string path, int agents, UnixFileMode mode) => mode.HasFlag(UnixFileMode.OtherRead)
        ? new Finding("keys of agents", Verdict.Doubtful, $"everybody on this machine can read {path}. `chmod o-r {path}`.")
        : new Finding("keys of agents", Verdict.Good, $"{agents} in {path}.");

    public static Finding ReceiveBuffer(long? maximum) => maximum switch
    {
        null => new Finding("kernel receive buffer", Verdict.Good, "not known on this system; it matters for UDP only."),
        < EnoughReceiveBuffer => new Finding(
            "kernel receive buffer", Verdict.Doubtful,
            $"net.core.rmem_max is {maximum}: bursts over UDP may be lost. `sysctl -w net.core.rmem_max=67108864`, and the same line without -w in /etc/sysctl.d/homer.conf."),
        _ => new Finding("kernel receive buffer", Verdict.Good, $"net.core.rmem_max is {maximum}."),
    };

    public static Finding OpenFiles(long? limit) => limit switch
    {
        null => new Finding("open files", Verdict.Good, "no limit known."),
        < EnoughOpenFiles => new Finding(
            "open files", Verdict.Doubtful,
            $"at most {limit}: many agents over TCP may be refused. Raise it: `ulimit -n 65536`, or LimitNOFILE=65536 for systemd."),
        _ => new Finding("open files", Verdict.Good, $"at most {limit}."),
    };

    /// <param name="built">When this program was built: no right clock is before it.</param>
    public static Finding Clock(Instant now, Instant built) => now < built
        ? new Finding("clock", Verdict.Wrong,
            $"it shows {now}, before this program was built ({built}): capture times in the future are replaced. Set it, e.g. with chrony.")
        : new Finding("clock", Verdict.Good, $"{now}.");

    public static Finding Retention(RetentionPolicy policy) => policy is { Days: null, Bytes: null }
        ? new Finding("retention", Verdict.Doubtful, "nothing is ever deleted. Bound it, e.g. --retention 30d,50GB.")
        : new Finding("retention", Verdict.Good, policy.ByEngine ? "bounded; the engine itself deletes." : "bounded.");

    /// <param name="lease">Who does the jobs of the processes that share the engine; null when nobody ever has.</param>
    /// <param name="term">How long a holder may be silent.</param>
    /// <param name="now">By this machine's clock; the lease was written by its holder's.</param>
    public static Finding Jobs(Lease? lease, TimeSpan term, Instant now)
    {
        if (lease?.Holder is not { } holder)
            return new Finding("jobs", Verdict.Doubtful, "no process does them. Start one with the role jobs.");
        if (lease.Written?.Plus(term) is not { } until)
            return new Finding("jobs", Verdict.Good, $"{holder} does them.");
        return now <= until
            ? new Finding("jobs", Verdict.Good, $"{holder} does them and holds the lease until {until}; it renews it before that.")
            : new Finding(
                "jobs", Verdict.Doubtful,
                $"{holder} held the lease until {until} and has been silent since: no process does them. Start one with the role jobs; if one runs, compare the clocks.");
    }

    public static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:N1} GB");
}
