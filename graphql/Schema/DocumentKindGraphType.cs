using GraphQL.Types;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

sealed class DocumentKindGraphType : EnumerationGraphType<DocumentKind>
{
    public DocumentKindGraphType() => Description = "What a document is.";
}
