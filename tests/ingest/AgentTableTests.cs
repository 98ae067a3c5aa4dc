using System.Net;
using System.Text;
using Homer.Search.Ingest;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Ingest;

public sealed class AgentTableTests
{
    static readonly UInt128 Peer = PeerAddress.From(IPAddress.Parse("192.0.2.9"));
    readonly AgentTable _agents = new();

    [Fact]
    public void An_agent_without_a_name_is_called_by_its_id()
    {
        Assert.Equal("2001", Encoding.UTF8.GetString(_agents.Note(2001, Peer, [], At(1), isMessage: true)));
        Assert.Equal("edge-1", Encoding.UTF8.GetString(_agents.Note(2001, Peer, "edge-1"u8, At(2), isMessage: true)));
        Assert.Equal("edge-1", Encoding.UTF8.GetString(_agents.Note(2001, Peer, [], At(3), isMessage: true)));
    }

    [Fact]
    public void One_id_at_two_addresses_is_two_agents()
    {
        _agents.Note(1, Peer, [], At(1), isMessage: true);
        _agents.Note(1, PeerAddress.From(IPAddress.Parse("2001:db8::1")), [], At(2), isMessage: true);
        Assert.Equal(["2001:db8::1", "192.0.2.9"], _agents.Snapshot(At(3)).Select(agent => agent.Peer.ToString()));
    }

    [Fact]
    public void A_ping_shows_that_an_agent_lives_and_is_no_message()
    {
        _agents.Note(1, Peer, [], At(1), isMessage: true);
        _agents.Note(1, Peer, [], At(5), isMessage: false);
        CaptureAgent agent = Assert.Single(_agents.Snapshot(At(6)));
        Assert.Equal((1, At(5)), (agent.Messages, agent.LastSeen));
    }

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        for (int tenth = 0; tenth < 300; tenth++)
            _agents.Note(1, Peer, [], new Instant(tenth * 100 * Instant.NanosecondsPerMillisecond), isMessage: true);
        Assert.Equal(10, Assert.Single(_agents.Snapshot(At(30))).MessagesPerSecond, tolerance: 1);
        Assert.Equal(0, Assert.Single(_agents.Snapshot(At(90))).MessagesPerSecond);
    }

    [Fact]
    public void A_flood_of_ids_makes_room_by_forgetting_who_was_heard_longest_ago()
    {
        for (uint id = 0; id < 25_000; id++)
            _agents.Note(id, Peer, [], At(id), isMessage: true);
        Assert.InRange(_agents.Count, 5_000, 10_000);
        Assert.Equal(24_999u, _agents.Snapshot(At(25_000))[0].Id);
    }

    static Instant At(long second) => new(second * Instant.NanosecondsPerSecond);
}
