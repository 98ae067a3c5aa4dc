using System.Text.Json.Nodes;
using GraphQL.Types;
using Homer.Search.Api.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace Homer.Search.Tests.Api;

public sealed class SchemaTests : ApiTest
{
    /// <summary>Tools rely on what stands in the golden file: a change of it is a change of a promise.</summary>
    [Fact]
    public void The_schema_is_the_one_that_tools_rely_on()
    {
        string golden = Path.Combine(Fixtures.Repository, "tests", "graphql", "golden", "schema.graphql");
        string actual = Api.Services.GetRequiredService<SchemaText>().Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("HOMER_RENEW_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, actual);
        }

        Assert.True(File.Exists(golden), $"{golden} is missing; HOMER_RENEW_GOLDEN=1 dotnet run --project tests/graphql writes it.");
        Assert.Equal(File.ReadAllText(golden), actual);
    }

    [Fact]
    public void Every_type_field_argument_and_value_says_what_it_is()
    {
        ISchema schema = Api.Services.GetRequiredService<ISchema>();
        schema.Initialize();
        var texts = new Dictionary<string, string?>();
        foreach (IGraphType type in schema.AllTypes.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && type is not (StringGraphType or IdGraphType or IntGraphType or FloatGraphType or BooleanGraphType or LongGraphType)))
        {
            texts.Add(type.Name, type.Description);
            foreach (FieldType field in (type as IComplexGraphType)?.Fields.AsEnumerable() ?? [])
            {
                texts.Add($"{type.Name}.{field.Name}", field.Description);
                foreach (QueryArgument argument in field.Arguments ?? [])
                    texts.Add($"{type.Name}.{field.Name}({argument.Name})", argument.Description);
            }
        }

        foreach (EnumerationGraphType type in schema.AllTypes.OfType<EnumerationGraphType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            foreach (EnumValueDefinition value in type.Values)
                texts.Add($"{type.Name}.{value.Name}", value.Description);
        }

        Assert.True(texts.Count > 150, $"{texts.Count} texts");
        Assert.All(texts, text => Assert.False(
            string.IsNullOrWhiteSpace(text.Value) || text.Value.Contains("  ", StringComparison.Ordinal) || text.Value.Contains(" .", StringComparison.Ordinal),
            $"{text.Key}: '{text.Value}'"));
    }

    [Fact]
    public async Task Tools_can_read_the_schema()
    {
        const string Introspection = """
            { __schema { queryType { name } types { kind name fields { name args { name type { ...T } } type { ...T } } inputFields { name type { ...T } } enumValues { name } } } }
            fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }
            """;

        JsonNode answer = await Api.AskAsync(Introspection);

        Assert.Null(answer["errors"]?.ToJsonString());
        Assert.Equal("Query", answer["data"]!["__schema"]!["queryType"]!["name"]!.GetValue<string>());
    }
}
