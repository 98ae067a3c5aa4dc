using System.Net;
using System.Text;
using Homer.Search.Ingest;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Tests.Ingest;

public sealed class AgentTableTests
{
    static readonly UInt128 Peer = PeerAddress.From(IPAddress.Parse("192.0.2.9"));
    readonly AgentTable _agents = new();

    [Fact]
    public void An_agent_without_a_name_is_called_by_its_id()
    {
        Assert.Equal("2001", Encoding.UTF8.GetString(_agents.Note(2001, Peer, [], At(1), isMessage: true).Name));
        Assert.Equal("edge-1", Encoding.UTF8.GetString(_agents.Note(2001, Peer, "edge-1"u8, At(2), isMessage: true).Name));
        Assert.Equal("edge-1", Encoding.UTF8.GetString(_agents.Note(2001, Peer, [], At(3), isMessage: true).Name));
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

    [Fact]
    public void The_clock_is_told_by_the_packet_that_came_fastest()
    {
        foreach ((int second, int delayMs) in new[] { (1, 40), (2, 15), (3, 900) })
        {
            // Its clock is three seconds fast.
            Instant arrival = At(second).Plus(TimeSpan.FromMilliseconds(delayMs));
            _agents.Note(1, Peer, [], arrival, isMessage: true).NoteClock(At(second + 3), arrival);
        }

        Assert.Equal(2985, Assert.Single(_agents.Snapshot(At(4))).ClockSkewMs);
    }

    [Fact]
    public void An_agent_that_stamps_nothing_has_no_known_clock_and_one_without_answers_no_completeness()
    {
        _agents.Note(1, Peer, [], At(1), isMessage: true);
        CaptureAgent agent = Assert.Single(_agents.Snapshot(At(2)));
        Assert.Null(agent.ClockSkewMs);
        Assert.Null(agent.Completeness);
    }

    [Fact]
    public void A_clock_that_was_set_right_is_right_after_two_windows()
    {
        for (int second = 0; second < 60; second++)
            _agents.Note(1, Peer, [], At(second), isMessage: true).NoteClock(At(second < 20 ? second + 3600 : second), At(second));
        Assert.Equal(0, Assert.Single(_agents.Snapshot(At(60))).ClockSkewMs);
    }

    [Fact]
    public void An_agent_that_was_heard_regularly_goes_silent_once_and_is_heard_again_once()
    {
        for (int second = 0; second < 120; second++)
            _agents.Note(1, Peer, "edge"u8, At(second), isMessage: false);
        Assert.Empty(_agents.Watch(At(150)));

        CaptureAgent silent = Assert.Single(_agents.Watch(At(181)));
        Assert.True(silent.IsSilent);
        Assert.Equal("edge", silent.Name);
        Assert.Empty(_agents.Watch(At(191)));
        Assert.Equal(1, _agents.SilentCount);

        _agents.Note(1, Peer, "edge"u8, At(200), isMessage: true);
        Assert.False(Assert.Single(_agents.Watch(At(201))).IsSilent);
        Assert.Empty(_agents.Watch(At(202)));
        Assert.Equal(0, _agents.SilentCount);
    }

    [Theory]
    [InlineData(19, 3600, null)]
    [InlineData(1000, 30, null)]
    [InlineData(601, 600, 60)]
    [InlineData(61, 3600, 1200)]
    public void Each_agent_is_missed_by_its_own_habit(int packets, int heardForSeconds, int? limitSeconds) =>
        Assert.Equal(limitSeconds, AgentSilence.Limit(packets, TimeSpan.FromSeconds(heardForSeconds))?.TotalSeconds);

    [Fact]
    public void A_request_is_known_again_while_two_million_others_come_and_a_stranger_hardly_ever()
    {
        const int Others = 2_000_000;
        var seen = new SeenRequests();
        var random = new Random(20261124);
        ulong first = Hash(random);
        Assert.False(seen.Contains(first));
        seen.Add(first);
        for (int other = 0; other < Others; other++)
            seen.Add(Hash(random));

        Assert.True(seen.Contains(first));
        int strangers = Enumerable.Range(0, 10_000).Count(_ => seen.Contains(Hash(random)));
        Assert.InRange(strangers, 0, 400);
    }

    [Fact]
    public void A_request_of_long_ago_is_forgotten()
    {
        var seen = new SeenRequests();
        var random = new Random(20261124);
        const ulong First = 0x0123_4567_89ab_cdef;
        seen.Add(First);
        for (int other = 0; other < 5_000_000; other++)
            seen.Add(Hash(random));
        Assert.False(seen.Contains(First));
    }

    [Fact]
    public void Noting_what_an_agent_sends_allocates_nothing()
    {
        byte[] invite = Encoding.UTF8.GetBytes(SomePackets.Invite("one"));
        Assert.Equal(SipRejection.None, SipReader.Read(invite, out SipMessage message));
        Note(message);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < 10_000; time++)
            Note(message);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Note(in SipMessage sip)
        {
            AgentEntry agent = _agents.Note(1, Peer, "edge"u8, At(1), isMessage: true);
            agent.NoteClock(At(1), At(1));
            _agents.NoteSip(agent, sip);
        }
    }

    static ulong Hash(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    static Instant At(long second) => new(second * Instant.NanosecondsPerSecond);
}
