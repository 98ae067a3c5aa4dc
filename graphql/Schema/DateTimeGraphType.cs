using GraphQL.Types;
using GraphQLParser.AST;
using Homer.Search.Protocol;

namespace Homer.Search.Api.Schema;

/// <summary>A time in an answer, to the nanosecond.</summary>
sealed class DateTimeGraphType : ScalarGraphType
{
    public DateTimeGraphType()
    {
        Name = "DateTime";
        Description = "ISO 8601 in UTC with nine decimals, e.g. `2026-11-24T14:03:00.123456789Z`.";
    }

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        Instant time => time.ToString(),
        _ => ThrowSerializationError(value),
    };

    public override object? ParseValue(object? value) => ThrowValueConversionError(value);

    public override object? ParseLiteral(GraphQLValue value) => ThrowLiteralConversionError(value);
}
