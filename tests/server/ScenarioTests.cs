using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;
using Homer.Search.Server.Pcap;
using Homer.Search.Server.Scenario;
using Homer.Search.Server.Sending;

namespace Homer.Search.Tests.Server;

public sealed class ScenarioTests
{
    static readonly Instant Start = new(1_790_000_000_000_000_000);

    [Fact]
    public void Made_up_traffic_is_HEP_and_SIP_in_the_order_of_its_times()
    {
        Instant last = default;
        HashSet<uint> agents = [];
        foreach ((Instant time, byte[] hep) in new CallTraffic(1, Start, 5).Packets().Take(3000))
        {
            Assert.Equal(HepRejection.None, HepReader.Read(hep, out HepPacket packet));
            Assert.Equal(SipRejection.None, SipReader.Read(packet.Payload, out SipMessage sip));
            Assert.False(sip.CallId.IsEmpty);
            Assert.False(sip.IsTruncated);
            Assert.Equal(sip.ContentLength, sip.Body.Length);
            Assert.NotNull(sip.CSeqNumber);
            Assert.True(sip.ViaCount is 1 or 2);
            Assert.True(time >= last);
            last = time;
            agents.Add(packet.CaptureAgentId);
        }

        Assert.Equal([2001u, 2002u], agents.Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_traffic() => Assert.Equal(
        new CallTraffic(7, Start, 5).Packets().Take(200).Select(packet => Convert.ToHexString(packet.Hep)),
        new CallTraffic(7, Start, 5).Packets().Take(200).Select(packet => Convert.ToHexString(packet.Hep)));

    [Theory]
    [InlineData(nameof(CallFate.Answered), "INVITE 100 180 200 ACK BYE 200")]
    [InlineData(nameof(CallFate.Busy), "INVITE 100 486 ACK")]
    [InlineData(nameof(CallFate.Failed), "INVITE 100 503 ACK")]
    [InlineData(nameof(CallFate.NoAnswer), "INVITE 100 180 480 ACK")]
    [InlineData(nameof(CallFate.Cancelled), "INVITE 100 180 CANCEL 200 487 ACK")]
    [InlineData(nameof(CallFate.Challenged), "INVITE 407 ACK INVITE 100 180 200 ACK BYE 200")]
    [InlineData(nameof(CallFate.Unreachable), "INVITE 100 408 ACK")]
    [InlineData(nameof(CallFate.Registration), "REGISTER 401 REGISTER 200")]
    public void Each_fate_is_what_its_name_says_on_the_callers_hop(string fate, string messages)
    {
        foreach (int seed in Enumerable.Range(0, 20))
        {
            IReadOnlyList<CapturedSip> call = CallScript.Play(Enum.Parse<CallFate>(fate), new Random(seed), Start, CaptureNode.All[0]);
            UInt128 caller = call[0].Flow.Source;
            Assert.Equal(messages,
                string.Join(' ', call.Where(sip => sip.Flow.Source == caller || sip.Flow.Destination == caller).Select(Word)));
        }
    }

    [Fact]
    public void A_HEP_file_gives_back_its_packets_and_tells_where_it_is_damaged()
    {
        byte[][] packets = [.. new CallTraffic(3, Start, 5).Packets().Take(300).Select(packet => packet.Hep)];
        byte[] file = [.. packets.SelectMany(packet => packet)];
        Assert.Equal(packets, HepFile.Read(new MemoryStream(file), "x.hep"));
        Assert.Throws<Homer.Search.Server.CommandException>(() => HepFile.Read(new MemoryStream(file[..^1]), "x.hep").Count());
        byte[] damaged = [.. packets[0], .. "nonsense"u8];
        Homer.Search.Server.CommandException refusal = Assert.Throws<Homer.Search.Server.CommandException>(
            () => HepFile.Read(new MemoryStream(damaged), "x.hep").Count());
        Assert.Contains($"at octet {packets[0].Length}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sending_keeps_its_rate_and_makes_up_for_little()
    {
        var pace = new SendingPace(100);
        Assert.Equal([0, 10, 20], Enumerable.Range(0, 3).Select(_ => (int)pace.Next(TimeSpan.Zero).TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, pace.Next(TimeSpan.FromSeconds(10)));
        int atOnce = Enumerable.Range(0, 100).TakeWhile(_ => pace.Next(TimeSpan.FromSeconds(10)) == TimeSpan.Zero).Count();
        Assert.InRange(atOnce, 8, 11);
        Assert.Equal(TimeSpan.Zero, new SendingPace(null).Next(TimeSpan.Zero));
    }

    static string Word(CapturedSip sip)
    {
        SipReader.Read(sip.Payload, out SipMessage message);
        return message.IsRequest ? Encoding.ASCII.GetString(message.Method) : $"{message.StatusCode}";
    }
}
