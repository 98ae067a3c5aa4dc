using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Adds to rows what is not in the message but follows from it. What no file asks for costs nothing. Safe for several threads.</summary>
/// <param name="places">Null when there are no such files.</param>
public sealed class Enrichment(RuleFile<AliasTable> aliases, RuleFile<NumberPlan> numbers, GeoDatabases? places = null)
{
    /// <summary>Adds nothing.</summary>
    public static Enrichment None { get; } = new(new RuleFile<AliasTable>(AliasTable.Empty), new RuleFile<NumberPlan>(NumberPlan.None));

    /// <summary>Adds all there is.</summary>
    public void Apply(DocumentBatch batch, int row)
    {
        AddEnds(batch, row);
        AddNumbers(batch, row);
    }

    /// <summary>Says of both ends of a hop what they are called and where they are.</summary>
    public void AddEnds(DocumentBatch batch, int row)
    {
        if (places is not null)
        {
            AddPlace(places, batch, row, Fields.SourceIp, Fields.SourceCountry, Fields.SourceAsNumber, Fields.SourceAsName);
            AddPlace(places, batch, row, Fields.DestinationIp, Fields.DestinationCountry, Fields.DestinationAsNumber, Fields.DestinationAsName);
        }

        AliasTable table = aliases.Current;
        if (table.Aliases.Count == 0)
            return;
        AddAlias(table, batch, row, Fields.SourceIp, Fields.SourcePort, Fields.SourceAlias);
        AddAlias(table, batch, row, Fields.DestinationIp, Fields.DestinationPort, Fields.DestinationAlias);
    }

    /// <summary>Reads the numbers of both sides of a message or a call.</summary>
    public void AddNumbers(DocumentBatch batch, int row)
    {
        NumberPlan plan = numbers.Current;
        if (plan.Region is null)
            return;
        AddNumber(plan, batch, row, Fields.FromUser, Fields.FromNumber, Fields.FromCountry);
        AddNumber(plan, batch, row, Fields.ToUser, Fields.ToNumber, Fields.ToCountry);
    }

    static void AddAlias(AliasTable table, DocumentBatch batch, int row, Field ip, Field port, Field alias)
    {
        int column = ip.Column(batch.Kind);
        if (!batch.Has(row, column))
            return;
        UInt128 address = ValueOrder.NumberOf(batch.Bytes(batch.Cells(column)[row]));
        batch.Set(row, alias, table.Find(address, Number(batch, row, port), Number(batch, row, Fields.CaptureId)));
    }

    static void AddPlace(GeoDatabases places, DocumentBatch batch, int row, Field ip, Field country, Field asNumber, Field asName)
    {
        int column = ip.Column(batch.Kind);
        if (!batch.Has(row, column))
            return;
        Place place = places.Find(ValueOrder.NumberOf(batch.Bytes(batch.Cells(column)[row])));
        batch.Set(row, country, place.Country);
        batch.Set(row, asName, place.AsName);
        if (place.AsNumber is { } number)
            batch.Set(row, asNumber, number);
    }

    static void AddNumber(NumberPlan plan, DocumentBatch batch, int row, Field user, Field number, Field country)
    {
        int column = user.Column(batch.Kind);
        if (!batch.Has(row, column) || plan.Find(batch.Bytes(batch.Cells(column)[row])) is not { } read)
            return;
        batch.Set(row, number, read.Number);
        batch.Set(row, country, read.Country);
    }

    static long Number(DocumentBatch batch, int row, Field field)
    {
        int column = field.Column(batch.Kind);
        return batch.Has(row, column) ? (long)batch.Cells(column)[row] : 0;
    }
}
