using System.Text;
using Homer.Search.Web.Parts;

namespace Homer.Search.Tests.Web;

public sealed class PartsTests
{
    [Theory]
    [InlineData("471234", "related.user : *471234*")]
    [InlineData("+49 30 / 471-234", "related.user : *4930471234*")]
    [InlineData("486", "486")]
    [InlineData("a84b4c76e66710@pc33.example.com", "sip.call_id : \"a84b4c76e66710@pc33.example.com\"")]
    [InlineData("from : alice", "from : alice")]
    [InlineData("  status : 503 ", "status : 503")]
    public void What_people_type_becomes_a_query(string typed, string query) => Assert.Equal(query, SearchText.AsQuery(typed));

    [Fact]
    public void A_captured_message_that_is_not_UTF8_is_shown_as_Latin1_with_visible_control_characters()
    {
        string html = RawMessage.Html([.. "SIP/2.0 200 J"u8, 0xfc, .. "rgen\r\nX-A: "u8, 0x01, .. "<b>\r\n\r\nbody: 1"u8]);

        Assert.Contains("J&#252;rgen", html, StringComparison.Ordinal);
        Assert.Contains("<b>X-A</b>: ␁&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.EndsWith("body: 1", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/calls/a%2Fb%3F?x=1", "a/b?")]
    [InlineData("/calls/a%252Fb", "a%2Fb")]
    [InlineData("/search", "")]
    public void A_call_id_is_read_from_the_address_as_it_was_sent(string target, string callId) =>
        Assert.Equal(callId, PageLinks.Last(target, "/calls/"));

    [Fact]
    public void Raw_bytes_are_shown_whole() =>
        Assert.Equal(3, RawMessage.Html(Encoding.ASCII.GetBytes("A sip:b SIP/2.0\r\n\r\nx")).Split('\n').Length);
}
