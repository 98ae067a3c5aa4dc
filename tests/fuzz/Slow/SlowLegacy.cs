using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>HEPv1 and HEPv2: a header of fixed places, then SIP.</summary>
static partial class SlowLegacy
{
    internal static Facts Read(byte[] octets)
    {
        int address = octets[2] == 2 ? 4 : octets[2] is 10 or 23 or 28 or 30 ? 16 : 0;
        int header = 8 + (2 * address);
        if (address == 0 || octets.Length < header)
            return Facts.Refused;
        byte[] rest = octets[header..];
        long seconds = 0;
        long microseconds = 0;
        long id = 0;
        if (octets[0] == 2)
        {
            if (rest.Length < 10)
                return Facts.Refused;
            (seconds, microseconds, id) = (Little(rest[..4]), Little(rest[4..8]), Little(rest[8..10]));
            long swapped = Big(rest[4..8]);
            if (swapped < 1_000_000 && (microseconds >= 1_000_000 || (microseconds == 0 && seconds < 946_684_800)))
                (seconds, microseconds, id) = (Big(rest[..4]), swapped, Big(rest[8..10]));
            // The structure is padded to twelve octets, unless SIP begins behind the tenth.
            bool isPacked = rest.Length < 12 || (Known().IsMatch(FuzzTarget.Text(rest[10..])) && !Known().IsMatch(FuzzTarget.Text(rest[12..])));
            rest = rest[(isPacked ? 10 : 12)..];
        }

        string payload = FuzzTarget.Text(rest).TrimEnd('\0');
        if (payload.Length == 0)
            return Facts.Refused;
        return new Facts()
            .Add("version", octets[0])
            .Add("protocol type", 1)
            .Add("transport", octets[3])
            .Add("source", octets[8..(8 + address)]).Add("source port", Big(octets[4..6]))
            .Add("destination", octets[(8 + address)..header]).Add("destination port", Big(octets[6..8]))
            .Add("seconds", seconds).Add("microseconds", microseconds)
            .Add("agent id", id).Add("agent name", "")
            .Add("key", "")
            .Add("correlation id", "").Add("vlan", (long?)null).Add("mos", (long?)null)
            .Add("payload", payload).Add("compressed", value: false)
            .Add("damaged", value: false).Add("excess", 0)
            .Add("other chunks", value: false);
    }

    static long Big(byte[] octets) => octets.Aggregate(0L, static (number, octet) => (number * 256) + octet);

    static long Little(byte[] octets) => Big([.. octets.Reverse()]);

    [GeneratedRegex(@"\A([Ss][Ii][Pp]/[0-9]\.[0-9]|(INVITE|ACK|BYE|CANCEL|OPTIONS|REGISTER|PRACK|SUBSCRIBE|NOTIFY|PUBLISH|INFO|REFER|MESSAGE|UPDATE) )")]
    private static partial Regex Known();
}
