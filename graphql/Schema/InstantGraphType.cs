using GraphQL.Types;
using GraphQLParser.AST;

namespace Homer.Search.Api.Schema;

/// <summary>A time as people give it. It stays text until the question is asked, so that both ends of a range see the same now.</summary>
sealed class InstantGraphType : ScalarGraphType
{
    public InstantGraphType()
    {
        Name = "Instant";
        Description = "ISO 8601 with up to nine decimals (`2026-11-24T14:03:00.123456789Z`), or relative to now: `now`, `now-15m`, `now+1h`, `now-1d/d`.";
    }

    public override object? Serialize(object? value) => value;

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => ThrowValueConversionError(value),
    };

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => text.Value.ToString(),
        _ => ThrowLiteralConversionError(value),
    };
}
