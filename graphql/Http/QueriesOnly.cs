using GraphQL.Validation;
using GraphQLParser.AST;

namespace Homer.Search.Api.Http;

/// <summary>GET is safe (RFC 9110 §9.2.1): it may read and nothing else.</summary>
sealed class QueriesOnly : ValidationRuleBase
{
    public const string Code = "GET_READS_ONLY";

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (context.Operation.Operation != OperationType.Query)
            context.ReportError(new ValidationError($"A {context.Operation.Operation.ToString().ToLowerInvariant()} must be sent by POST.") { Code = Code });
        return default;
    }
}
