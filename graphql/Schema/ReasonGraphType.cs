using GraphQL.Types;
using Homer.Search.Calls;

namespace Homer.Search.Api.Schema;

sealed class ReasonGraphType : ObjectGraphType<CallReason>
{
    public ReasonGraphType()
    {
        Name = "Reason";
        Description = "A Reason header (RFC 3326).";
        Field(reason => reason.Protocol).Description("Q.850 or SIP.");
        Field(reason => reason.Cause, nullable: true).Description("Code of that protocol.");
        Field(reason => reason.Text, nullable: true).Description("In words, as it came.");
    }
}
