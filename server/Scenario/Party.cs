using System.Globalization;
using System.Net;

namespace Homer.Search.Server.Scenario;

/// <summary>One end of a played call.</summary>
/// <param name="Address">From the blocks for documentation (RFC 5737, RFC 3849).</param>
sealed record Party(string User, string DisplayName, IPEndPoint Address, string Domain, string UserAgent)
{
    static readonly string[] Names = ["Ada", "Boris", "Carla", "Deniz", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kim", "Lena"];
    static readonly string[] Areas = ["+4930", "+4940", "+4989", "+43137", "+41445", "+33142", "+44207", "+1212555"];
    static readonly string[] Phones =
        ["Yealink SIP-T54W 96.86.0.70", "snomD785/10.1.184.15", "Grandstream GXP2170 1.0.11.79", "Linphone/5.2.1", "PolyVVX-VVX_450/6.4.3"];
    static readonly string[] Switches = ["FPBX-16.0.40(18.19.0)", "FreeSWITCH-mod_sofia/1.10.11", "Asterisk PBX 20.9.2", "Oracle SBC 9.2"];

    /// <summary>A phone somewhere: one in eight speaks IPv6.</summary>
    public static Party Phone(Random random) => new(
        Number(random), Names[random.Next(Names.Length)],
            new IPEndPoint(Host(random, random.Next(8) == 0 ? "2001:db8:40::" : "192.0.2."), 5060),
        "example.net", Phones[random.Next(Phones.Length)]);

    /// <summary>A carrier or a switch of another company.</summary>
    public static Party Carrier(Random random) => new(
        Number(random), "", new IPEndPoint(Host(random, "203.0.113."), 5060), "carrier.example", Switches[random.Next(Switches.Length)]);

    public bool IsIpv6 => Address.Address.GetAddressBytes().Length == 16;

    static string Number(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"{Areas[random.Next(Areas.Length)]}{random.Next(10_000, 10_000_000)}");

    static IPAddress Host(Random random, string network) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{network}{random.Next(10, 99)}"));
}
