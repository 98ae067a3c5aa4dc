using GraphQL.Types;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

sealed class IngestStatusGraphType : ObjectGraphType<IngestStatus>
{
    public IngestStatusGraphType()
    {
        Name = "IngestStatus";
        Description = "What the way in has done since the server started; asked of a process that takes nothing in, of all others on its engine together. What is neither stored nor dropped yet waits in the journal.";
        Field(status => status.Received).Description("HEP packets taken into the journal.");
        Field(status => status.Stored).Description("Received packets whose documents are durable in the store and may be found.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<DropCountGraphType>>>>("dropped")
            .Description("Well-formed packets that are nevertheless not stored, by reason.").Resolve(context => context.Source.Dropped);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<DropCountGraphType>>>>("rejected")
            .Description("Packets that could not be read as HEP, by reason.").Resolve(context => context.Source.Rejected);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RuleCountGraphType>>>>("rules")
            .Description("Messages that each rule of the capture plan met.").Resolve(context => context.Source.Rules);
        Field(status => status.LagMs).Description("Age of the oldest packet that is not in the store yet; 0 when none waits. In ms.");
        Field(status => status.JournalBytes).Description("Octets of the journal that are not in the store yet.");
        Field(status => status.Trouble, nullable: true).Description("Why packets are not being stored right now; null while all is well.");
    }
}

sealed class DropCountGraphType : ObjectGraphType<ReasonCount>
{
    public DropCountGraphType()
    {
        Name = "DropCount";
        Description = "How many packets met one fate.";
        Field(count => count.Reason).Description("A word of a closed list, e.g. `journal_full`.");
        Field(count => count.Count).Description("Packets since the server started.");
    }
}

sealed class RuleCountGraphType : ObjectGraphType<RuleCount>
{
    public RuleCountGraphType()
    {
        Name = "RuleCount";
        Description = "How many messages a rule of the capture plan met.";
        Field(count => count.Rule).Description("Name of the rule.");
        Field("messages", count => count.Count).Description("Messages since the server started.");
    }
}
