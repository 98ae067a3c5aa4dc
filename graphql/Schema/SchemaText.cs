using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Homer.Search.Api.Schema;

/// <summary>The schema as people and tools read it (SDL), in the order in which it is declared.</summary>
public sealed class SchemaText(ISchema schema)
{
    readonly Lazy<string> _text = new(() => schema.Print(new PrintOptions { StringComparison = null }));

    public string Text => _text.Value;
}
