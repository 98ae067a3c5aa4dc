using System.Globalization;
using System.Net;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Documents whose values are as awkward as those of real captures, always the same ones.</summary>
public static class SampleDocuments
{
    static readonly string[] Keywords =
    [
        "alice", "Alice", "ALICE", "alic", "alice ", "+49301234567", "+4930123", "0049301234567", "4711", "04711", "486", "true", "null",
        "*", "*star*", "**", "50%", "5_0", "a%b_c", "50", "_", "%", "a\"b", "it's", "'; drop table sip; --", "a\\b", "\\", "\\*", "(x)", "a:b",
        "<sip:alice@example.com>", "{}", "[1]", "two words", " leading", "tab\there", "and", "or", "not",
        "café", "cafe\u0301", "CAFÉ", "Жанна", "日本語", "😀", "\uFFFD", "ß", "ss", "İ",
        "udp", "INVITE", "BYE", "a84b4c76e66710@pc33.example.com", "x=1;y=2", "a,b", "$1", "?", "null\u0001byte", new string('n', 300),
    ];

    static readonly long[] Integers = [0, 1, -1, 9, 10, 100, 180, 199, 200, 299, 486, 487, 503, 5060, 65535, 4294967296, 9007199254740993, long.MaxValue];

    static readonly IPAddress[] Addresses =
    [
        .. "10.0.0.1 10.0.0.2 10.1.2.3 10.255.255.255 11.0.0.0 127.0.0.1 192.168.0.1 192.168.0.255 0.0.0.0 255.255.255.255".Split(' ').Select(IPAddress.Parse),
        .. "::1 :: 2001:db8::1 2001:db8::ffff 2001:db8:1::1 fe80::1 ff02::1".Split(' ').Select(IPAddress.Parse),
    ];

    static readonly string[] Texts =
    [
        "Timeout while connecting to 10.0.0.1:5060", "TIMEOUT!", "no timeouts today", "connecting while timeout", "Call 4711 failed: Über-Fehler, 50% lost",
        "first line\nsecond line\r\n\tthird", "a_b%c \"quoted\" \\ 'single'", "ключ не найден", "<xml attr=\"1\"/>", "?!", "{\"a\":1}",
        "sip:alice@example.com;tag=1",
    ];

    static readonly string[] HeaderNames = ["x-cid", "x-account", "x.dotted", "x\"quoted", "x_under", "session-id"];

    /// <summary>Every field has a value.</summary>
    public static Sample Full(DocumentKind kind, long position, Instant time) => Fill(kind, position, time, new Random(7), presence: 1);

    /// <summary>Documents spread over the day, the one before and the one after; places in the journal are multiples of 8 from 0.</summary>
    public static IReadOnlyList<Sample> Generate(DocumentKind kind, int count, DateOnly day)
    {
        var random = new Random(20261124 + (int)kind);
        Instant first = Instant.StartOf(day.AddDays(-1));
        // Few distinct times, so that many documents share one; a few differ by a nanosecond.
        Instant[] times = [.. Enumerable.Range(0, 40).Select(_ =>
            new Instant(first.Nanoseconds + (random.NextInt64(3 * 86_400) * Instant.NanosecondsPerSecond) + random.Next(2)))];
        return [.. Enumerable.Range(0, count).Select(number => Fill(kind, 8L * number, times[random.Next(times.Length)], random, presence: 0.6))];
    }

    static Sample Fill(DocumentKind kind, long position, Instant time, Random random, double presence)
    {
        var sample = new Sample(kind);
        foreach (Field field in Catalogue.Of(kind))
        {
            if (field.UnionOf.Count == 0 && !field.StoredOnly && field != Fields.JournalId && random.NextDouble() < presence)
                sample[field] = Value(field, time, random);
        }

        sample[Fields.Timestamp] = time;
        if (kind == DocumentKind.Call)
            sample[Fields.CallId] = string.Create(CultureInfo.InvariantCulture, $"{position}-{Pick(Keywords, random)}");
        else
            sample[Fields.Sequence] = position;
        return sample;
    }

    static object Value(Field field, Instant time, Random random) => field.Type switch
    {
        FieldType.Keyword when field.Many => Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Keywords, random)).Distinct().ToArray(),
        FieldType.Keyword => Pick(Keywords, random),
        FieldType.Text => Pick(Texts, random),
        FieldType.Integer => Pick(Integers, random),
        FieldType.Decimal => random.Next(100) / 8.0,
        FieldType.Boolean => random.Next(2) == 0,
        FieldType.Instant => new Instant(time.Nanoseconds + random.Next(5)),
        FieldType.Ip => Pick(Addresses, random),
        FieldType.Object => JsonSerializer.Serialize(
            HeaderNames.Where(_ => random.Next(3) == 0).Append("x-always").ToDictionary(name => name, _ => Pick(Keywords, random))),
        _ => throw new InvalidOperationException($"No samples of {field.Type}."),
    };

    static T Pick<T>(T[] values, Random random) => values[random.Next(values.Length)];
}
