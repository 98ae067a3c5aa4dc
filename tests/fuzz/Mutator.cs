namespace Homer.Search.Tests.Fuzz;

/// <summary>Makes new inputs of known ones: a few small changes at once, or the head of one with the tail of another.</summary>
sealed class Mutator(Random chance, byte[][] words, int longest)
{
    /// <summary>At the edges of what lengths, counts and signs can say.</summary>
    static readonly byte[] Edges = [0, 1, 2, 4, 5, 6, 7, 8, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3b, 0x3c, 0x3e, 0x7f, 0x80, 0xfe, 0xff];

    internal byte[] Change(List<byte[]> inputs)
    {
        byte[] input = inputs[chance.Next(inputs.Count)];
        var octets = new List<byte>(input);
        for (int changes = 1 << chance.Next(5); changes > 0; changes--)
            Change(octets, inputs);
        if (octets.Count > longest)
            octets.RemoveRange(longest, octets.Count - longest);
        return [.. octets];
    }

    void Change(List<byte> octets, List<byte[]> inputs)
    {
        int place = chance.Next(octets.Count + 1);
        int rest = octets.Count - place;
        switch (chance.Next(10))
        {
            case 0 when rest > 0:
                octets[place] ^= (byte)(1 << chance.Next(8));
                break;
            case 1 when rest > 0:
                octets[place] = (byte)chance.Next(256);
                break;
            case 2 when rest > 0:
                octets[place] = Edges[chance.Next(Edges.Length)];
                break;
            case 3 when rest > 1:
                // A length of 16 bits, near what would be right.
                int length = Math.Clamp(rest + chance.Next(-8, 9), 0, ushort.MaxValue);
                (octets[place], octets[place + 1]) = ((byte)(length >> 8), (byte)length);
                break;
            case 4:
                octets.InsertRange(place, words[chance.Next(words.Length)]);
                break;
            case 5:
                byte[] word = words[chance.Next(words.Length)];
                octets.RemoveRange(place, Math.Min(word.Length, rest));
                octets.InsertRange(place, word);
                break;
            case 6:
                octets.RemoveRange(place, chance.Next(Math.Min(rest, 64) + 1));
                break;
            case 7:
                octets.InsertRange(chance.Next(octets.Count + 1), octets.GetRange(place, chance.Next(Math.Min(rest, 64) + 1)));
                break;
            case 8:
                byte[] other = inputs[chance.Next(inputs.Count)];
                octets.RemoveRange(place, rest);
                octets.AddRange(other[Math.Min(chance.Next(2) == 0 ? place : chance.Next(other.Length + 1), other.Length)..]);
                break;
            default:
                // A number in text becomes another.
                int digit = octets.FindIndex(place, static octet => octet is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0)
                    octets.InsertRange(digit, [(byte)('0' + chance.Next(10)), .. chance.Next(4) == 0 ? "4294967296"u8 : ""u8]);
                break;
        }
    }
}
