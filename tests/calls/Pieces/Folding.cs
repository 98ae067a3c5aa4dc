using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>Goes the way of the indexer: folds units, merges each update into what is stored, and reads the row.</summary>
static class Folding
{
    public const uint Journal = 7;

    /// <summary>The call of these messages, all in one unit.</summary>
    public static CallView Call(IEnumerable<Message> messages, double nowMilliseconds = 0) => View(Merge(null, Update(messages)), nowMilliseconds);

    public static CallView View(Document? document, double nowMilliseconds = 0) =>
        new(document!, new Message(nowMilliseconds, "", "", "").Time);

    /// <summary>The one update of a unit whose messages have one Call-ID.</summary>
    public static SummaryUpdate Update(IEnumerable<Message> messages, uint journal = Journal, long position = 0)
    {
        var fold = new CallFold(journal);
        foreach (Message message in messages)
            message.AddTo(fold, position += 8);
        return Assert.Single(fold.Take(TimeSpan.Zero, hold: TimeSpan.Zero));
    }

    /// <summary>What is stored after an update; null when the update was already contained.</summary>
    public static Document? Merge(Document? stored, SummaryUpdate update)
    {
        var batch = new DocumentBatch(DocumentKind.Call, Journal);
        bool isNew = update.Merge(stored?.Binary(Fields.Summary) ?? [], batch);
        Assert.Equal(isNew ? 1 : 0, batch.Count);
        return isNew ? BatchRows.Read(batch, 0) : null;
    }

    public static CallFacts Facts(Document document)
    {
        var facts = new CallFacts();
        Assert.True(new FactsDecoder().TryRead(document.Binary(Fields.Summary), facts));
        return facts;
    }

    public static CallSummary Summary(IEnumerable<Message> messages) => CallSummary.Of(Facts(Call(messages).Document));

    /// <summary>Everything a document says, as text.</summary>
    public static string Text(Document document) => string.Join('\n', document.Present().Select(field => $"{field.Field.Name}: {Text(field.Value)}"));

    static string Text(object value) => value switch
    {
        byte[] octets => Convert.ToHexString(octets),
        string[] many => string.Join(", ", many),
        _ => value.ToString()!,
    };
}
