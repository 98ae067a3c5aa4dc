using CsCheck;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Sip;

public class SipPayloadTests
{
    const string Invite = "INVITE sip:a SIP/2.0\r\nCall-ID: c1\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n";
    const string Bye = "BYE sip:a SIP/2.0\r\nCall-ID: c2\r\nContent-Length: 0\r\n\r\n";
    const string Ok = "SIP/2.0 200 OK\r\nCall-ID: c3\r\n\r\n";

    static readonly string[] Leads = ["", "\r\n", "\0\0", "fragment\r\n"];
    static readonly string[] Messages = [Invite, Bye, Ok, .. Fixtures.Named("rfc4475", "*.dat").Select(name => new ReadOnlySpan<byte>(Fixtures.Read(name)).Text())];

    [Theory]
    [InlineData("", 1)]
    [InlineData(Invite, 1)]
    [InlineData(Invite + Bye, 2)]
    [InlineData(Invite + "\r\n\r\n" + Bye, 2)]
    [InlineData(Ok + Bye, 2)]
    [InlineData(Bye + Ok + Invite, 3)]
    [InlineData(Bye + "\0\0\0\0", 1)]
    [InlineData(Bye + "junk", 1)]
    [InlineData("rport=5060\r\nCSeq: 1 INVITE\r\n\r\n" + Bye, 2)]
    [InlineData("rport=5060\r\nCSeq: 1 INVITE\r\n\r\n", 1)]
    [InlineData("{\"jsonrpc\":\"2.0\"}", 1)]
    [InlineData("\r\n\r\n", 1)]
    public void A_payload_falls_into_its_messages(string payload, int count) => Assert.Equal(count, Pieces(payload).Count);

    [Fact]
    public void Each_piece_is_read_by_itself()
    {
        byte[] bytes = Octets.Of("tail of an earlier one\r\n" + Invite + "\r\n" + Bye + "padding");
        var payload = new SipPayload(bytes);
        Assert.True(payload.MoveNext());
        Assert.Equal(SipRejection.NoStartLine, payload.Rejection);
        Assert.Equal("tail of an earlier one\r\n", payload.Bytes.Text());
        Assert.True(payload.MoveNext());
        Assert.Equal("c1", payload.Message.CallId.Text());
        Assert.Equal("v=0\r\n", payload.Message.Body.Text());
        Assert.Equal(Invite, payload.Bytes.Text());
        Assert.True(payload.MoveNext());
        Assert.Equal((2, "c2"), (payload.Index, payload.Message.CallId.Text()));
        Assert.Equal("\r\n" + Bye + "padding", payload.Bytes.Text());
        Assert.Equal("\r\n" + Bye + "padding", SipPayload.Piece(bytes, 2).Text());
        Assert.False(payload.MoveNext());
        Assert.True(SipPayload.Piece(bytes, 3).IsEmpty);
    }

    [Fact]
    public void A_status_line_in_a_body_is_no_message()
    {
        const string notify = "NOTIFY sip:a SIP/2.0\r\nContent-Type: message/sipfrag\r\nContent-Length: 16\r\n\r\nSIP/2.0 200 OK\r\n";
        Assert.Single(Pieces(notify));
        Assert.Single(Pieces(notify.Replace("Content-Length: 16\r\n", "", StringComparison.Ordinal)));
        Assert.Single(Pieces(notify.Replace("16", "0", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_message_without_length_and_type_has_no_body_when_another_follows()
    {
        byte[] bytes = Octets.Of(Ok + Bye);
        var payload = new SipPayload(bytes);
        Assert.True(payload.MoveNext());
        Assert.True(payload.Message.Body.IsEmpty);
        Assert.Equal(Ok, payload.Bytes.Text());
    }

    [Fact]
    public void Beyond_eight_the_rest_belongs_to_the_last()
    {
        List<string> pieces = Pieces(string.Concat(Enumerable.Repeat(Bye, 20)));
        Assert.Equal(SipPayload.MaximumPieces, pieces.Count);
        Assert.Equal(Bye.Length * 13, pieces[^1].Length);
    }

    [Fact]
    public void The_pieces_cover_the_payload_and_split_no_further() =>
        Gen.Select(Gen.Int[0, Messages.Length - 1].Array[0, 10], Gen.Int[0, Leads.Length - 1], Gen.Int[0, 50]).Sample((chosen, lead, cut) =>
        {
            string payload = Leads[lead] + string.Concat(chosen.Select(index => Messages[index]));
            payload = payload[Math.Min(cut, payload.Length)..];
            List<string> pieces = Pieces(payload);
            Assert.Equal(payload, string.Concat(pieces));
            Assert.InRange(pieces.Count, 1, SipPayload.MaximumPieces);
            for (int index = 0; index < pieces.Count; index++)
            {
                Assert.Equal(pieces[index], SipPayload.Piece(Octets.Of(payload), index).Text());
                if (index < SipPayload.MaximumPieces - 1)
                    Assert.Single(Pieces(pieces[index]));
            }
        });

    static List<string> Pieces(string text)
    {
        List<string> pieces = [];
        var payload = new SipPayload(Octets.Of(text));
        while (payload.MoveNext())
        {
            Assert.Equal(pieces.Count, payload.Index);
            Assert.Equal(pieces.Sum(piece => piece.Length), payload.Offset);
            pieces.Add(payload.Bytes.Text());
        }

        return pieces;
    }
}
