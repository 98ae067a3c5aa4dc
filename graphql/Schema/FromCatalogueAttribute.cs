using GraphQL;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>Describes a field of the schema in the words of the catalogue, so that docs, Kibana and GraphQL say the same.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
sealed class FromCatalogueAttribute(string name) : GraphQLAttribute
{
    public string Name { get; } = name;

    public override void Modify(GraphQL.Types.FieldType field, bool isInputType)
    {
        Field known = Catalogue.Find(Name) ?? throw new InvalidOperationException($"The catalogue has no field `{Name}`.");
        field.Description = known.Unit is null ? known.Description : $"{known.Description} In {known.Unit}.";
    }
}
