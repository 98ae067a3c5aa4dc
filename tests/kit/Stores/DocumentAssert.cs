using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

public static class DocumentAssert
{
    /// <summary>
    /// Both have the same identity and the same values. What a store may fill itself is not compared: the name of the journal and unions.
    /// </summary>
    public static void Same(Document expected, Document actual)
    {
        Assert.Equal(expected.Kind, actual.Kind);
        Assert.Equal(expected.Id, actual.Id);
        foreach (Field field in Catalogue.Of(expected.Kind))
        {
            if (field != Fields.JournalId && field.UnionOf.Count == 0)
                Assert.True(
                    AreEqual(expected[field], actual[field]),
                    $"{field} of {expected.Id}: expected {Text(expected[field])}, was {Text(actual[field])}.");
        }
    }

    static bool AreEqual(object? expected, object? actual) => (expected, actual) switch
    {
        (string[] one, string[] other) => one.SequenceEqual(other),
        (byte[] one, byte[] other) => one.SequenceEqual(other),
        _ => Equals(expected, actual),
    };

    static string Text(object? value) => value switch
    {
        null => "nothing",
        string[] texts => $"[{string.Join(", ", texts)}]",
        byte[] octets => Convert.ToHexString(octets),
        _ => $"'{value}' ({value.GetType().Name})",
    };
}
