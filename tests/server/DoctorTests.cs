using System.Net;
using System.Net.Sockets;
using Homer.Search.Protocol;
using Homer.Search.Server.Doctor;
using Homer.Search.Store;

namespace Homer.Search.Tests.Server;

public sealed class DoctorTests
{
    const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(100 * Gigabyte, nameof(Verdict.Good))]
    [InlineData(20 * Gigabyte, nameof(Verdict.Doubtful))]
    [InlineData(Gigabyte, nameof(Verdict.Wrong))]
    public void A_disk_that_fills_is_said_before_intake_stops(long free, string verdict) =>
        Assert.Equal(verdict, Judgement.Disk("/data", free, 500 * Gigabyte).Verdict.ToString());

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, nameof(Verdict.Good))]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, nameof(Verdict.Doubtful))]
    public void Keys_that_everybody_can_read_are_doubtful(UnixFileMode mode, string verdict) =>
        Assert.Equal(verdict, Judgement.Keys("keys.yaml", 2, mode).Verdict.ToString());

    [Fact]
    public void Who_does_the_jobs_and_until_when_is_told()
    {
        var written = new Instant(1_795_514_400_000_000_000);
        TimeSpan term = TimeSpan.FromSeconds(15);
        var held = new Lease("jobs-1/1/0a0b0c0d", "1") { Written = written };

        Finding good = Judgement.Jobs(held, term, written.Plus(term));
        Assert.Equal(Verdict.Good, good.Verdict);
        Assert.Contains("jobs-1/1/0a0b0c0d", good.Text, StringComparison.Ordinal);
        Assert.Contains("2026-11-24T10:00:15", good.Text, StringComparison.Ordinal);
        Finding silent = Judgement.Jobs(held, term, written.Plus(TimeSpan.FromSeconds(16)));
        Assert.Equal(Verdict.Doubtful, silent.Verdict);
        Assert.Contains("until 2026-11-24T10:00:15", silent.Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Doubtful, Judgement.Jobs(held with { Holder = null }, term, written).Verdict);
        Assert.Equal(Verdict.Doubtful, Judgement.Jobs(null, term, written).Verdict);
    }

    [Fact]
    public void A_small_receive_buffer_is_doubtful_and_the_line_to_mend_it_is_given()
    {
        Finding small = Judgement.ReceiveBuffer(212_992);
        Assert.Equal(Verdict.Doubtful, small.Verdict);
        Assert.Contains("sysctl -w net.core.rmem_max=67108864", small.Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Good, Judgement.ReceiveBuffer(16 << 20).Verdict);
        Assert.Equal(Verdict.Good, Judgement.ReceiveBuffer(null).Verdict);
    }

    [Fact]
    public void Few_open_files_an_unbounded_retention_and_a_clock_before_the_build_are_said()
    {
        Assert.Equal(Verdict.Doubtful, Judgement.OpenFiles(1024).Verdict);
        Assert.Equal(Verdict.Good, Judgement.OpenFiles(65_536).Verdict);
        Assert.Equal(Verdict.Doubtful, Judgement.Retention(new RetentionPolicy(null, null)).Verdict);
        Assert.Equal(Verdict.Good, Judgement.Retention(new RetentionPolicy(30, null)).Verdict);
        Assert.Equal(Verdict.Wrong, Judgement.Clock(new Instant(1), new Instant(2)).Verdict);
        Assert.Equal(Verdict.Good, Judgement.Clock(new Instant(2), new Instant(2)).Verdict);
    }

    [Theory]
    [InlineData("   0: 0100007F:2364 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1 0 100 0 0 10 0", "tcp",
        "77")]
    [InlineData("   0: 0100007F:2364 00000000:0000 01 00000000:00000000 00:00000000 00000000     0        0 77 1 0 100 0 0 10 0", "tcp",
        null)]
    [InlineData("   0: 0100007F:2364 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 78 2 0 0 0", "udp", "78")]
    [InlineData("   0: 0100007F:2365 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 78 2 0 0 0", "udp", null)]
    [InlineData("", "udp", null)]
    public void The_socket_that_has_a_port_is_found_in_the_kernels_table(string line, string protocol, string? inode) =>
        Assert.Equal(inode, SocketOwner.Inode(line, protocol, 9060));

    [Fact]
    public void The_process_that_listens_on_a_port_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc.");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        Assert.Contains($"(pid {Environment.ProcessId})", SocketOwner.Of("tcp", (IPEndPoint)socket.LocalEndPoint!),
            StringComparison.Ordinal);
    }
}
