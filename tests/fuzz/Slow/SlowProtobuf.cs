using System.Net;
using System.Numerics;

namespace Homer.Search.Tests.Fuzz;

/// <summary>The fourteen fields of heplify's protobuf message; a field of the wrong wire type is none of them.</summary>
static class SlowProtobuf
{
    internal static Facts Read(byte[] octets)
    {
        var rest = new Queue<byte>(octets);
        var numbers = new Dictionary<BigInteger, BigInteger>();
        var texts = new Dictionary<BigInteger, byte[]>();
        while (rest.Count > 0)
        {
            if (Number(rest) is not { } tag || Number(rest) is not { } value)
                return Facts.Refused;
            switch ((int)(tag % 8))
            {
                case 0:
                    // Of a field that repeats the last counts that can be.
                    if (value <= Most((int)BigInteger.Min(tag / 8, 99)))
                        numbers[tag / 8] = value;
                    break;
                case 2:
                    if (value > rest.Count)
                        return Facts.Refused;
                    texts[tag / 8] = [.. Enumerable.Range(0, (int)value).Select(_ => rest.Dequeue())];
                    break;
                default:
                    return Facts.Refused;
            }
        }

        byte[] payload = texts.GetValueOrDefault(12, []);
        if (numbers.GetValueOrDefault(1) is var version && (version < 2 || version > 10 || payload.Length == 0))
            return Facts.Refused;
        BigInteger type = numbers.GetValueOrDefault(9, 255);
        return new Facts()
            .Add("version", 3)
            .Add("protocol type", type == 255 && SlowHep.BeginsAsSip(FuzzTarget.Text(payload)) ? "1" : $"{type}")
            .Add("transport", $"{numbers.GetValueOrDefault(2)}")
            .Add("source", Address(3)).Add("source port", $"{numbers.GetValueOrDefault(5)}")
            .Add("destination", Address(4)).Add("destination port", $"{numbers.GetValueOrDefault(6)}")
            .Add("seconds", $"{numbers.GetValueOrDefault(7)}").Add("microseconds", $"{numbers.GetValueOrDefault(8)}")
            .Add("agent id", $"{numbers.GetValueOrDefault(10)}").Add("agent name", "")
            .Add("key", texts.GetValueOrDefault(11, []))
            .Add("correlation id", SlowHep.Trim(texts.GetValueOrDefault(13, [])))
            .Add("vlan", numbers.GetValueOrDefault(14) is { IsZero: false } vlan ? $"{vlan}" : null).Add("mos", (long?)null)
            .Add("payload", payload).Add("compressed", value: false)
            .Add("damaged", value: false).Add("excess", 0)
            .Add("other chunks", value: false);

        byte[] Address(int field) =>
            IPAddress.TryParse(FuzzTarget.Text(texts.GetValueOrDefault(field, [])), out IPAddress? address) ? address.GetAddressBytes() : [];
    }

    static BigInteger Most(int field) => field switch
    {
        1 => ulong.MaxValue,
        2 => 255,
        5 or 6 or 14 => 65_535,
        7 or 8 or 10 => uint.MaxValue,
        9 => 254,
        _ => ulong.MaxValue,
    };

    static BigInteger? Number(Queue<byte> rest)
    {
        BigInteger number = 0;
        for (int place = 0; place < 10; place++)
        {
            if (!rest.TryDequeue(out byte octet))
                return null;
            number += new BigInteger(octet & 0x7f) << (7 * place);
            if (octet < 0x80)
                return number & ulong.MaxValue;
        }

        return null;
    }
}
