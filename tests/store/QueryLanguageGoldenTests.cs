using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Store;

/// <summary>
/// <c>golden/queries.txt</c> holds queries, and under each, indented, what it is read as or why it is refused. To add one write its line and renew.
/// </summary>
public sealed class QueryLanguageGoldenTests
{
    const string File = "tests/store/golden/queries.txt";

    static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 24, 14, 3, 20, TimeSpan.Zero));

    [Fact]
    public void Queries_are_read_as_the_golden_file_says()
    {
        var made = new StringBuilder();
        DocumentKind kind = DocumentKind.Sip;
        foreach (string line in Golden.Read(File).TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("    ", StringComparison.Ordinal)))
        {
            made.Append(line).Append('\n');
            if (line.StartsWith('['))
                kind = Enum.Parse<DocumentKind>(line.Trim('[', ']'), ignoreCase: true);
            else if (line.Length > 0 && line[0] != '#')
                made.Append("    ").Append(Outcome(line, kind)).Append('\n');
        }

        Golden.Check(File, made.ToString());
    }

    [Fact]
    public void A_printed_query_reads_back_as_the_same_query()
    {
        DocumentKind kind = DocumentKind.Sip;
        foreach (string line in Golden.Read(File).Split('\n'))
        {
            if (line.StartsWith('['))
                kind = Enum.Parse<DocumentKind>(line.Trim('[', ']'), ignoreCase: true);
            else if (line.StartsWith("    ", StringComparison.Ordinal) && line[4] != '!')
                Assert.Equal(line.Trim(' '), QueryLanguage.Parse(line, kind, Now).ToString());
        }
    }

    static string Outcome(string text, DocumentKind kind)
    {
        try
        {
            return QueryLanguage.Parse(text, kind, Now).ToString();
        }
        catch (QueryException mistake)
        {
            return string.Create(CultureInfo.InvariantCulture, $"! {mistake.Message} [{mistake.Position}+{mistake.Length}]");
        }
    }
}
