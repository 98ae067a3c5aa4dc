using System.Net;
using System.Text;
using Homer.Search.Ingest;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Ingest;

public sealed class GateLimitTests
{
    static readonly UInt128 Office = PeerAddress.From(IPAddress.Parse("10.1.2.3"));
    static readonly UInt128 Elsewhere = PeerAddress.From(IPAddress.Parse("203.0.113.9"));

    readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_peer_may_send_its_rate_and_one_seconds_worth_at_once_and_others_are_not_held_up_by_it()
    {
        var gate = new Gate(new() { PerPeer = 10 }, _clock);
        Assert.Equal(10, Taken(gate, Office, 25));
        Assert.Equal(10, Taken(gate, Elsewhere, 25));
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(3, Taken(gate, Office, 25));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Taken(gate, Office, 25));
    }

    [Fact]
    public void The_same_packet_again_within_the_window_is_a_duplicate_and_later_it_is_none()
    {
        var gate = new Gate(new() { DuplicateWindow = TimeSpan.FromMilliseconds(100) }, _clock);
        byte[] packet = SomePackets.Hep(SomePackets.Invite("a"));
        Assert.Null(gate.Refuses(packet, Office));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(DropReason.Duplicate, gate.Refuses(packet, Elsewhere));
        // A retransmission comes after T1 at the earliest.
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(gate.Refuses(packet, Office));
    }

    [Fact]
    public void Stamped_a_little_later_it_is_a_duplicate_and_of_another_hop_agent_or_content_it_is_none()
    {
        var gate = new Gate(new() { DuplicateWindow = TimeSpan.FromMilliseconds(100) }, _clock);
        byte[] invite = Encoding.UTF8.GetBytes(SomePackets.Invite("a"));
        byte[] otherPort = SomePackets.Hep(invite);
        byte[] agent = SomePackets.Hep(invite);
        Replace(otherPort, [0x00, 0x00, 0x00, 0x07, 0x00, 0x08, 0x13, 0xc4], [0x00, 0x00, 0x00, 0x07, 0x00, 0x08, 0x13, 0xc5]);
        Replace(agent, [0x00, 0x00, 0x00, 0x0c, 0x00, 0x0a, 0x00, 0x00, 0x07, 0xd1], [0x00, 0x00, 0x00, 0x0c, 0x00, 0x0a, 0x00, 0x00, 0x07, 0xd2]);

        Assert.Null(gate.Refuses(SomePackets.Hep(invite), Office));
        Assert.Equal(DropReason.Duplicate, gate.Refuses(SomePackets.Hep(invite, microseconds: 700), Office));
        Assert.Null(gate.Refuses(otherPort, Office));
        Assert.Null(gate.Refuses(agent, Office));
        Assert.Null(gate.Refuses(SomePackets.Hep(SomePackets.Invite("b")), Office));
    }

    [Fact]
    public void Without_limits_everything_is_taken_again_and_again()
    {
        var gate = new Gate(new(), _clock);
        Assert.Equal(1000, Taken(gate, Office, 1000));
    }

    [Fact]
    public void A_refused_packet_costs_its_peer_no_right_to_send()
    {
        var gate = new Gate(new() { PerPeer = 1, Keys = ["key"] }, _clock);
        for (int time = 0; time < 5; time++)
            Assert.Equal(DropReason.WrongKey, gate.Refuses(SomePackets.Hep(SomePackets.Invite("a")), Office));
    }

    static int Taken(Gate gate, UInt128 peer, int packets)
    {
        byte[] packet = SomePackets.Hep(SomePackets.Invite("a"));
        return Enumerable.Range(0, packets).Count(_ => gate.Refuses(packet, peer) is null);
    }

    static void Replace(Span<byte> packet, ReadOnlySpan<byte> old, ReadOnlySpan<byte> by)
    {
        int at = packet.IndexOf(old);
        Assert.True(at > 0);
        by.CopyTo(packet[at..]);
    }
}
