using GraphQL.Types;
using GraphQLParser.AST;

namespace Homer.Search.Api.Schema;

/// <summary>A JSON object; only ever an answer.</summary>
sealed class JsonGraphType : ScalarGraphType
{
    public JsonGraphType()
    {
        Name = "JSON";
        Description = "A JSON object.";
    }

    public override object? Serialize(object? value) => value;

    public override object? ParseValue(object? value) => ThrowValueConversionError(value);

    public override object? ParseLiteral(GraphQLValue value) => ThrowLiteralConversionError(value);
}
