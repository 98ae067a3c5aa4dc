using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// Call summaries exist for every Call-ID, also of registrations and keep-alives. Who asks for calls means INVITEs, unless the query says
/// something about the method itself.
/// </summary>
static class CallScope
{
    static readonly Query Invites = new Query.Equal(Fields.CallMethod, "INVITE");
    static readonly Query[] FirstLegs = [new Query.Not(new Query.Equal(Fields.IsFirstLeg, false))];
    static readonly Query Registrations = new Query.Equal(Fields.CallMethod, "REGISTER");

    public static Query Of(Query where)
    {
        if (Names(where, Fields.CallMethod))
            return where;
        return where is Query.Everything ? Invites : new Query.And([Invites, where]);
    }

    public static Query OfRegistrations(Query where) => new Query.And([Registrations, where]);

    /// <summary>Indicators are of calls and of registrations; a session counts by the leg that stands for it.</summary>
    public static Query OfKpis(Query where, KpiUnit each) =>
        new Query.And([new Query.Or([Invites, Registrations]), .. each == KpiUnit.Session ? FirstLegs : [], where]);

    static bool Names(Query query, Field field) => query switch
    {
        Query.And and => and.Parts.Any(part => Names(part, field)),
        Query.Or or => or.Parts.Any(part => Names(part, field)),
        Query.Not not => Names(not.Part, field),
        Query.Equal equal => equal.Field.Field == field,
        Query.Wildcard wildcard => wildcard.Field.Field == field,
        Query.Words words => words.Field.Field == field,
        Query.Range range => range.Field.Field == field,
        Query.Cidr cidr => cidr.Field.Field == field,
        Query.Exists exists => exists.Field.Field == field,
        _ => false,
    };
}
