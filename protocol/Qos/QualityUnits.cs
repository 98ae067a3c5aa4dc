namespace Homer.Search.Protocol.Qos;

/// <summary>From the units of the wire to those of people; what the wire calls unavailable becomes null.</summary>
static class QualityUnits
{
    /// <summary>RFC 3611 §4.7: not available.</summary>
    const int Unavailable = 127;

    /// <summary>Of 256 parts (RFC 3550 §6.4.1, RFC 3611 §4.7.1).</summary>
    public static double? Percent(double? parts) => parts is >= 0 and < 256 ? parts * 100 / 256 : null;

    public static double? Share(double? part, double? whole) => part is { } some && whole > 0 ? Math.Clamp(some * 100 / whole.Value, 0, 100) : null;

    /// <summary>Of 24 bits with a sign, which some agents print without.</summary>
    public static long? Signed24(long? count) => count is > 0x7fffff and <= 0xffffff ? count - 0x1000000 : count;

    /// <summary>dBm0 or dB, −128 to 127; printed by some agents as 0 to 255.</summary>
    public static double? Level(double? level)
    {
        double? signed = level is >= 128 and < 256 ? level - 256 : level;
        return signed is < -128 or >= Unavailable ? null : signed;
    }

    /// <summary>R factor, 0 to 120; some agents write it a hundredfold.</summary>
    public static double? RFactor(double? rating)
    {
        double? scaled = rating is >= 1000 ? rating / 100 : rating;
        return scaled is >= 0 and <= 120 ? scaled : null;
    }

    /// <summary>1 to 5, or ten or a hundred times that.</summary>
    public static double? Mos(double? score) => score switch
    {
        Unavailable => null,
        >= 1 and <= 5 => score,
        >= 10 and <= 50 => score / 10,
        >= 100 and <= 500 => score / 100,
        _ => null,
    };

    /// <summary>As RFC 3611 §4.7.5 has it: 10 to 50, all else means nothing; agents that have divided by ten already write 1 to 5.</summary>
    public static double? XrMos(double? score) => score <= 50 ? Mos(score) : null;

    /// <summary>Zero says that there is no estimate yet.</summary>
    public static double? Delay(double? milliseconds) => milliseconds is > 0 and <= 65_535 ? milliseconds : null;

    public static double? Positive(double? value) => value >= 0 ? value : null;

    /// <summary>What is counted is not below zero.</summary>
    public static long? Count(long? value) => value >= 0 ? value : null;

    /// <summary>RTP payload type, 7 bits.</summary>
    public static int? PayloadType(double? value) => value is >= 0 and <= 127 ? (int)value : null;

    /// <summary>Hz.</summary>
    public static int? ClockRate(double? value) => value is >= 1 and < 1_000_000 ? (int)value : null;
}
