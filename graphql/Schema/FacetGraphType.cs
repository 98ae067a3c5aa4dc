using GraphQL.Types;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

sealed class FacetGraphType : ObjectGraphType<Facet>
{
    public FacetGraphType()
    {
        Name = "Facet";
        Description = "The most frequent values of a field among the documents found.";
        Field<NonNullGraphType<StringGraphType>>("field").Description("Name of the field in the catalogue.").Resolve(context => context.Source.Field.Name);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<BucketGraphType>>>>("buckets")
            .Description("The most frequent first.").Resolve(context => context.Source.Buckets);
        Field(facet => facet.OtherCount).Description("Documents whose value is not among the buckets.");
    }
}

sealed class BucketGraphType : ObjectGraphType<Bucket>
{
    public BucketGraphType()
    {
        Name = "Bucket";
        Description = "A value and how often it was found.";
        Field(bucket => bucket.Value).Description("The value, as text.");
        Field(bucket => bucket.Count).Description("Documents that have it.");
    }
}
