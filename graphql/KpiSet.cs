using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>The indicators of the calls that have the same values in some fields.</summary>
public sealed record KpiSet(IReadOnlyList<KpiDimension> Dimensions, KpiTally Tally);

/// <summary>A value by which calls were parted.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Value">As text; null for calls that lack the field.</param>
public sealed record KpiDimension(string Field, string? Value);

/// <summary>Parts calls by the values of some fields while adding them up.</summary>
sealed class KpiGroups
{
    /// <summary>More would be no answer for a person, and take more than some ten megabytes.</summary>
    const int Most = 500;

    readonly Field[] _fields;
    readonly Dictionary<string, KpiSet> _sets = [];

    public KpiGroups(Field[] fields)
    {
        _fields = fields;
        // All together are an answer also when there are none.
        if (fields.Length == 0)
            _sets[""] = new KpiSet([], new KpiTally());
    }

    /// <summary>The fields of a summary that are looked at.</summary>
    public IEnumerable<Field> Read => [.. CallKpi.Read, .. _fields, .. _fields.Contains(Fields.Finding) ? [Fields.FindingWhenSilent] : Array.Empty<Field>()];

    public void Add(CallView call)
    {
        foreach (string?[] values in Combinations(call, field: 0))
        {
            string key = string.Join('\0', values);
            if (!_sets.TryGetValue(key, out KpiSet? set))
            {
                if (_sets.Count == Most)
                    throw new InputException("by", $"There are more than {Most} different values of {string.Join(", ", _fields.Select(field => field.Name))}; narrow the query or the range.");
                _sets[key] = set = new KpiSet([.. _fields.Zip(values, (field, value) => new KpiDimension(field.Name, value))], new KpiTally());
            }

            set.Tally.Add(call);
        }
    }

    /// <summary>The values of the fields from this one on; several when a field has several.</summary>
    IEnumerable<string?[]> Combinations(CallView call, int field) => field == _fields.Length
        ? [new string?[_fields.Length]]
        : Combinations(call, field + 1).SelectMany(rest => Values(call, _fields[field]).Select(value =>
        {
            string?[] values = [.. rest];
            values[field] = value;
            return values;
        }));

    public IReadOnlyList<KpiSet> Sets() =>
        [.. _sets.OrderByDescending(set => set.Value.Tally[Kpis.Counts[0]]).ThenBy(set => set.Key, StringComparer.Ordinal).Select(set => set.Value)];

    static IReadOnlyList<string?> Values(CallView call, Field field)
    {
        // These three depend on the time of reading.
        if (field == Fields.CallOutcome)
            return [call.Outcome.Word()];
        if (field == Fields.CallState)
            return [call.State.Word()];
        IReadOnlyList<string> many = field == Fields.Finding ? call.Findings : call.Document.Many(field);
        if (many.Count > 0)
            return many;
        string? text = call.Document[field] is { } value ? Bucket.Text(value) : null;
        return [text];
    }
}
