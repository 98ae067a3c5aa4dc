using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Homer.Search.Tests.Ingest;

/// <summary>Writes small databases in MaxMind's format (specification 2.0): a binary trie of addresses, then the data it points to, then what it is.</summary>
static class MaxMindFile
{
    const int AddressBits = 128;
    const int SeparatorBytes = 16;

    /// <summary>IPv4 lies at ::/96, as in the databases that are sold.</summary>
    public static void Write(string path, string type, params (string Network, Dictionary<string, object> Data)[] entries)
    {
        List<int[]> nodes = [[0, 0]];
        using var data = new MemoryStream();
        var leaves = new List<(int Node, int Side, int Offset)>();
        foreach ((string network, Dictionary<string, object> values) in entries)
        {
            var parsed = IPNetwork.Parse(network);
            byte[] octets = new byte[16];
            byte[] address = parsed.BaseAddress.GetAddressBytes();
            address.CopyTo(octets, 16 - address.Length);
            int length = parsed.PrefixLength + AddressBits - (address.Length * 8);
            int node = 0;
            for (int bit = 0; bit < length - 1; bit++)
            {
                int side = Side(octets, bit);
                if (nodes[node][side] == 0)
                {
                    nodes[node][side] = nodes.Count;
                    nodes.Add([0, 0]);
                }

                node = nodes[node][side];
            }

            leaves.Add((node, Side(octets, length - 1), (int)data.Length));
            Add(data, values);
        }

        using FileStream file = File.Create(path);
        for (int node = 0; node < nodes.Count; node++)
        {
            for (int side = 0; side < 2; side++)
            {
                (int Node, int Side, int Offset)? leaf = leaves.Where(entry => entry.Node == node && entry.Side == side).Cast<(int, int, int)?>().FirstOrDefault();
                int record = leaf is { } found ? nodes.Count + SeparatorBytes + found.Offset : nodes[node][side] == 0 ? nodes.Count : nodes[node][side];
                file.Write([(byte)(record >> 16), (byte)(record >> 8), (byte)record]);
            }
        }

        file.Write(new byte[SeparatorBytes]);
        data.WriteTo(file);
        file.Write([0xab, 0xcd, 0xef]);
        file.Write("MaxMind.com"u8);
        Add(file, new Dictionary<string, object>
        {
            ["node_count"] = (uint)nodes.Count,
            ["record_size"] = (ushort)24,
            ["ip_version"] = (ushort)6,
            ["database_type"] = type,
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_795_521_600UL,
            ["languages"] = Array.Empty<object>(),
            ["description"] = new Dictionary<string, object> { ["en"] = "made for a test" },
        });
    }

    static int Side(byte[] octets, int bit) => (octets[bit / 8] >> (7 - (bit % 8))) & 1;

    static void Add(Stream target, object value)
    {
        switch (value)
        {
            case string text:
                Head(target, 2, Encoding.UTF8.GetByteCount(text));
                target.Write(Encoding.UTF8.GetBytes(text));
                break;
            case ushort number:
                Head(target, 5, 2);
                target.Write([(byte)(number >> 8), (byte)number]);
                break;
            case uint number:
                Head(target, 6, 4);
                Span<byte> four = stackalloc byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(four, number);
                target.Write(four);
                break;
            case ulong number:
                Head(target, 9, 8);
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64BigEndian(eight, number);
                target.Write(eight);
                break;
            case object[] { Length: 0 }:
                Head(target, 11, 0);
                break;
            case Dictionary<string, object> map:
                Head(target, 7, map.Count);
                foreach ((string key, object entry) in map)
                {
                    Add(target, key);
                    Add(target, entry);
                }

                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is not needed here.", nameof(value));
        }
    }

    /// <summary>Type and size; types beyond 7, and what a size from 29 on is beyond it, stand in octets of their own.</summary>
    static void Head(Stream target, int type, int size)
    {
        if (size > 29 + byte.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(size), "Longer values are not needed here.");
        target.WriteByte((byte)((type > 7 ? 0 : type << 5) | Math.Min(size, 29)));
        if (type > 7)
            target.WriteByte((byte)(type - 7));
        if (size >= 29)
            target.WriteByte((byte)(size - 29));
    }
}
