using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>Whether a row of a batch is what a query looks for.</summary>
public delegate bool RowPredicate(DocumentBatch batch, int row);

/// <summary>
/// Compiles a query into a question to the rows of a batch, with the meaning of <see cref="QueryMatch"/>. Asking allocates nothing, except for words of a
/// <see cref="FieldType.Text"/>.
/// </summary>
public static class QueryPredicate
{
    delegate bool ValueTest(ReadOnlySpan<byte> value);

    public static RowPredicate Compile(Query query, DocumentKind kind)
    {
        switch (query)
        {
            case Query.Everything:
                return static (_, _) => true;
            case Query.And and:
                RowPredicate[] all = [.. and.Parts.Select(part => Compile(part, kind))];
                return All(all);
            case Query.Or or:
                return Any([.. or.Parts.Select(part => Compile(part, kind))]);
            case Query.Not not:
                RowPredicate negated = Compile(not.Part, kind);
                return (batch, row) => !negated(batch, row);
            case Query.Exists exists:
                return On(exists.Field, kind, static _ => true, static _ => true);
            case Query.Equal equal:
                return OfRange(new Query.Range(equal.Field, equal.Value, FromIncluded: true, equal.Value, ToIncluded: true), kind);
            case Query.Range range:
                return OfRange(range, kind);
            case Query.Cidr cidr:
                (UInt128 first, UInt128 last) = ValueOrder.Bounds(cidr.Network);
                return On(cidr.Field, kind, static _ => false, value => ValueOrder.NumberOf(value) is var number && number >= first && number <= last);
            case Query.Words words:
                return On(words.Field, kind, static _ => false, value => TextWords.Contains(Encoding.UTF8.GetString(value), words.Text, words.InOrder));
            case Query.Wildcard { Field.Field.Type: FieldType.Text } wildcard:
                return On(wildcard.Field, kind, static _ => false, value => TextWords.Of(Encoding.UTF8.GetString(value))
                    .Any(word => wildcard.Pattern.Matches(word, StringComparison.OrdinalIgnoreCase)));
            case Query.Wildcard wildcard:
                byte[][] parts = [.. wildcard.Pattern.Parts.Select(Encoding.UTF8.GetBytes)];
                return On(wildcard.Field, kind, static _ => false, value => IsLike(value, parts));
            default:
                throw new ArgumentException($"{query.GetType().Name} is no part of the query tree.", nameof(query));
        }
    }

    static RowPredicate All(RowPredicate[] parts) => (batch, row) =>
    {
        foreach (RowPredicate part in parts)
        {
            if (!part(batch, row))
                return false;
        }

        return true;
    };

    static RowPredicate Any(RowPredicate[] parts) => (batch, row) =>
    {
        foreach (RowPredicate part in parts)
        {
            if (part(batch, row))
                return true;
        }

        return false;
    };

    static RowPredicate OfRange(Query.Range range, DocumentKind kind) => (range.From ?? range.To) switch
    {
        double => On(range.Field, kind, Within(range, BitConverter.UInt64BitsToDouble), static _ => false),
        IPAddress => On(range.Field, kind, static _ => false, Within(range)),
        string => On(range.Field, kind, static _ => false, WithinText(range)),
        _ => On(range.Field, kind, Within(range, static cell => (long)cell), static _ => false),
    };

    static Predicate<ulong> Within<T>(Query.Range range, Func<ulong, T> read)
        where T : struct, IComparable<T>
    {
        T? from = (T?)Comparable(range.From);
        T? to = (T?)Comparable(range.To);
        int least = range.FromIncluded ? 0 : 1;
        int most = range.ToIncluded ? 0 : -1;
        return cell => read(cell) is var value && (from is not { } low || value.CompareTo(low) >= least) && (to is not { } high || value.CompareTo(high) <= most);
    }

    static object? Comparable(object? value) => value switch
    {
        Instant time => time.Nanoseconds,
        bool truth => truth ? 1L : 0L,
        _ => value,
    };

    static ValueTest Within(Query.Range range)
    {
        UInt128? from = range.From is IPAddress low ? ValueOrder.Number(low) : null;
        UInt128? to = range.To is IPAddress high ? ValueOrder.Number(high) : null;
        int least = range.FromIncluded ? 0 : 1;
        int most = range.ToIncluded ? 0 : -1;
        return value => ValueOrder.NumberOf(value) is var number
            && (from is not { } first || number.CompareTo(first) >= least) && (to is not { } last || number.CompareTo(last) <= most);
    }

    /// <summary>The order of octets is that of code points.</summary>
    static ValueTest WithinText(Query.Range range)
    {
        byte[]? from = range.From is string low ? Encoding.UTF8.GetBytes(low) : null;
        byte[]? to = range.To is string high ? Encoding.UTF8.GetBytes(high) : null;
        int least = range.FromIncluded ? 0 : 1;
        int most = range.ToIncluded ? 0 : -1;
        return value => (from is null || Math.Sign(value.SequenceCompareTo(from)) >= least) && (to is null || Math.Sign(value.SequenceCompareTo(to)) <= most);
    }

    /// <summary>Any value of the field passes the test that is for its type.</summary>
    /// <param name="cell">Of a number, a time or a truth.</param>
    /// <param name="value">Of anything else, in UTF-8 or as octets of an address.</param>
    static RowPredicate On(FieldPath path, DocumentKind kind, Predicate<ulong> cell, ValueTest value)
    {
        Field field = path.Field;
        if (field.UnionOf.Count > 0)
            return Any([.. field.UnionOf.Select(part => On(part, kind, cell, value))]);
        int column = field.Column(kind);
        if (column < 0)
            return static (_, _) => false;
        if (field.Type is FieldType.Integer or FieldType.Decimal or FieldType.Boolean or FieldType.Instant)
            return (batch, row) => batch.Has(row, column) && cell(batch.Cells(column)[row]);
        if (path.Name is { } name)
        {
            byte[] wanted = Encoding.UTF8.GetBytes(name);
            return (batch, row) => batch.Has(row, column) && IsIn(batch.Bytes(batch.Cells(column)[row]), wanted, value);
        }

        return field.Many
            ? (batch, row) => batch.Has(row, column) && IsAnyLine(batch.Bytes(batch.Cells(column)[row]), value)
            : (batch, row) => batch.Has(row, column) && value(batch.Bytes(batch.Cells(column)[row]));
    }

    static bool IsAnyLine(ReadOnlySpan<byte> lines, ValueTest test)
    {
        foreach (Range line in lines.Split((byte)'\n'))
        {
            if (test(lines[line]))
                return true;
        }

        return false;
    }

    static bool IsIn(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, ValueTest test)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
                continue;
            reader.Read();
            if (!reader.ValueIsEscaped)
                return test(reader.ValueSpan);
            byte[] unescaped = new byte[reader.ValueSpan.Length];
            return test(unescaped.AsSpan(0, reader.CopyString(unescaped)));
        }

        return false;
    }

    static bool IsLike(ReadOnlySpan<byte> value, byte[][] parts)
    {
        if (!value.StartsWith(parts[0]))
            return false;
        value = value[parts[0].Length..];
        for (int index = 1; index < parts.Length - 1; index++)
        {
            int found = value.IndexOf(parts[index]);
            if (found < 0)
                return false;
            value = value[(found + parts[index].Length)..];
        }

        return value.EndsWith(parts[^1]);
    }
}
