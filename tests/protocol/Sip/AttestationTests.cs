using System.Buffers.Text;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Sip;

public class AttestationTests
{
    [Theory]
    [InlineData("""{"attest":"A","dest":{"tn":["12025550100"]},"iat":1443208345,"orig":{"tn":"12155550100"},"origid":"123e4567"}""", 'A')]
    [InlineData("""{"dest":{"uri":["sip:\"attest\":\"A\""]}, "attest" : "C"}""", 'C')]
    [InlineData("""{"list":["attest","A"],"attest":"B"}""", 'B')]
    [InlineData("""{"attest":"D"}""", null)]
    [InlineData("""{"attest":"AB"}""", null)]
    [InlineData("""{"attest":""", null)]
    [InlineData("""{"orig":{"tn":"12155550100"}}""", null)]
    public void The_letter_of_the_payload(string payload, char? expected)
    {
        string identity = $"{Part("{\"alg\":\"ES256\",\"ppt\":\"shaken\"}")}.{Part(payload)}.c2lnbmF0dXJl;info=<https://cert.example.org/a.cer>;ppt=shaken";
        Assert.Equal(expected, Attestation.Read(Octets.Of(identity)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("abc")]
    [InlineData("eyJ..c2ln;info=<https://x>")]
    [InlineData("a.!!!!.b")]
    public void Of_anything_else_there_is_none(string identity) => Assert.Null(Attestation.Read(Octets.Of(identity)));

    [Fact]
    public void An_endless_payload_is_read_as_far_as_is_sensible()
    {
        string identity = $"a.{Part("{\"attest\":\"A\",\"x\":\"" + new string('y', 100_000) + "\"}")}.b";
        Assert.Equal('A', Attestation.Read(Octets.Of(identity)));
    }

    static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
