using GraphQL.Validation.Complexity;

namespace Homer.Search.Api;

/// <summary>What a query may cost, counted before it runs: about one for each value in the answer, more for what needs a look into the store.</summary>
static class QueryCost
{
    const int MostDepth = 20;

    /// <summary>A page of 1000 messages with some 50 fields each.</summary>
    const int MostComplexity = 50_000;

    public static void Bound(ComplexityOptions limits)
    {
        limits.MaxDepth = MostDepth;
        limits.MaxComplexity = MostComplexity;
        Func<FieldImpactContext, FieldComplexityResult> usual = limits.DefaultComplexityImpactDelegate;
        limits.DefaultComplexityImpactDelegate = field => AsksForSchema(field) ? new FieldComplexityResult(0, 1) : usual(field);
    }

    /// <summary>The schema is in memory and small.</summary>
    static bool AsksForSchema(FieldImpactContext field) => IsOfSchema(field.FieldDefinition.Name) || IsOfSchema(field.ParentType.Name);

    static bool IsOfSchema(string name) => name.StartsWith("__", StringComparison.Ordinal);
}
