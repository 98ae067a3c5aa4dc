using System.Globalization;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Measures as aggregations of the engine, named by their number.</summary>
sealed class MeasureJson(DocumentKind kind, IReadOnlyList<Measure> measures)
{
    const string Values = "values";
    const string Percentiles = "percentiles";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("aggs");
        for (int number = 0; number < measures.Count; number++)
        {
            json.WriteStartObject(Name(number));
            json.WritePropertyName("filter");
            new QueryJson(kind, json).Write(measures[number].Where);
            if (measures[number].Of is { } field)
                WriteField(json, field, measures[number].Shares);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public IReadOnlyList<Measured> Read(JsonElement aggregations) =>
        [.. measures.Select((measure, number) => Read(measure, aggregations.GetProperty(Name(number))))];

    static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    static void WriteField(Utf8JsonWriter json, Field field, IReadOnlyList<double> shares)
    {
        json.WriteStartObject("aggs");
        json.WriteStartObject(Values);
        json.WriteStartObject("stats");
        json.WriteString("field", field.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        if (shares.Count > 0)
        {
            json.WriteStartObject(Percentiles);
            json.WriteStartObject("percentiles");
            json.WriteString("field", field.Name);
            json.WriteStartArray("percents");
            foreach (double share in shares)
                json.WriteNumberValue(100 * share);
            json.WriteEndArray();
            json.WriteBoolean("keyed", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static Measured Read(Measure measure, JsonElement filter)
    {
        if (measure.Of is null)
            return new Measured(filter.GetProperty("doc_count").GetInt64(), 0, 0, []);
        JsonElement values = filter.GetProperty(Values);
        long count = values.GetProperty("count").GetInt64();
        if (count == 0)
            return Measured.None;
        double[] percentiles = measure.Shares.Count == 0
            ? []
            : [.. filter.GetProperty(Percentiles).GetProperty("values").EnumerateArray().Select(value => value.GetProperty("value").GetDouble())];
        return new Measured(count, (long)values.GetProperty("sum").GetDouble(), (long)values.GetProperty("max").GetDouble(), percentiles);
    }
}
