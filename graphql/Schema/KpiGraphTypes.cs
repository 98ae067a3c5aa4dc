using GraphQL.Types;
using Homer.Search.Calls;

namespace Homer.Search.Api.Schema;

/// <summary>A field for each row of <see cref="Kpis"/>.</summary>
sealed class KpiSetGraphType : ObjectGraphType<KpiSet>
{
    public KpiSetGraphType()
    {
        Name = "KpiSet";
        Description = "The indicators of the calls that have the same values in some fields.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<KpiDimensionGraphType>>>>("dimensions")
            .Description("By what they were parted, in the order asked for; empty for all together.").Resolve(context => context.Source.Dimensions);
        Field<DateTimeGraphType>("start").Description("When the interval begins: the oldest comes first, and of each the set with the most calls; null when no interval was asked for.").Resolve(context => context.Source.Start);
        foreach (CountKpi kpi in Kpis.Counts)
            Field<NonNullGraphType<LongGraphType>>(kpi.Name).Description(Text(kpi)).Resolve(context => context.Source.Tally[kpi]);
        foreach (RatioKpi kpi in Kpis.Ratios)
            Field<NonNullGraphType<RatioGraphType>>(kpi.Name).Description(Text(kpi)).Resolve(context => context.Source.Tally[kpi]);
        foreach (DelayKpi kpi in Kpis.Delays)
            Field<NonNullGraphType<DelaysGraphType>>(kpi.Name).Description(Text(kpi)).Resolve(context => context.Source.Tally[kpi]);
    }

    static string Text(Kpi kpi) => $"{kpi.Title}: {char.ToLowerInvariant(kpi.Formula[0])}{kpi.Formula[1..]} {kpi.Source}.";
}

sealed class KpiDimensionGraphType : ObjectGraphType<KpiDimension>
{
    public KpiDimensionGraphType()
    {
        Name = "KpiDimension";
        Description = "A value by which calls were parted.";
        Field(dimension => dimension.Field).Description("Name of the field in the catalogue.");
        Field(dimension => dimension.Value, nullable: true).Description("As text; null for calls that lack the field.");
    }
}

sealed class RatioGraphType : ObjectGraphType<Ratio>
{
    public RatioGraphType()
    {
        Name = "Ratio";
        Description = "A share with what it was computed from: add numerators and denominators up, never percentages.";
        Field(ratio => ratio.Numerator).Description("How many of them.");
        Field(ratio => ratio.Denominator).Description("Of how many.");
        Field(ratio => ratio.Percent, nullable: true).Description("100 · numerator / denominator; null when the denominator is 0.");
    }
}

sealed class DelaysGraphType : ObjectGraphType<Delays>
{
    public DelaysGraphType()
    {
        Name = "Delays";
        Description = "Times of many calls. Percentiles are exact on the embedded store; Elasticsearch and OpenSearch come near them (t-digest).";
        Field(delays => delays.Count).Description("How many calls have the time.");
        Field<NonNullGraphType<LongGraphType>>("sumMs").Description("Sum of all. In ms.").Resolve(context => context.Source.Sum);
        Field<FloatGraphType>("meanMs").Description("Mean. In ms; null when no call has the time.").Resolve(context => context.Source.Mean);
        Field<FloatGraphType>("p50Ms").Description("Median. In ms.").Resolve(context => context.Source.Percentile(0.5));
        Field<FloatGraphType>("p90Ms").Description("Nine of ten stay below. In ms.").Resolve(context => context.Source.Percentile(0.9));
        Field<FloatGraphType>("p95Ms").Description("19 of 20 stay below. In ms.").Resolve(context => context.Source.Percentile(0.95));
        Field<FloatGraphType>("p99Ms").Description("99 of 100 stay below. In ms.").Resolve(context => context.Source.Percentile(0.99));
        Field<NonNullGraphType<LongGraphType>>("maxMs").Description("The longest. In ms; 0 when there is none.").Resolve(context => context.Source.Maximum);
    }
}
