using System.Text.RegularExpressions;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Store;

/// <summary>
/// The examples of <c>docs/query-language.md</c>: what stands in a block marked <c>kql KIND</c> is read, what stands in <c>kql-mistake</c> is refused.
/// </summary>
public sealed partial class QueryLanguagePageTests
{
    static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 24, 14, 3, 20, TimeSpan.Zero));

    [Fact]
    public void Every_example_is_read_and_every_mistake_refused()
    {
        int examples = 0;
        foreach (Match block in Blocks().Matches(Golden.Read("docs/query-language.md")))
        {
            var kind = Enum.Parse<DocumentKind>(block.Groups["kind"].Value, ignoreCase: true);
            foreach (string line in block.Groups["lines"].Value.TrimEnd('\n').Split('\n'))
            {
                examples++;
                if (block.Groups["mistake"].Success)
                    Assert.Throws<QueryException>(() => QueryLanguage.Parse(line, kind, Now));
                else
                    Assert.Null(Record.Exception(() => QueryLanguage.Parse(line, kind, Now)));
            }
        }

        Assert.True(examples > 15, $"{examples} examples found.");
    }

    [Fact]
    public void The_default_fields_are_those_the_page_names()
    {
        string page = Golden.Read("docs/query-language.md");
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            string row = $"| `{kind.ToString().ToLowerInvariant()}` | {string.Join(", ", DefaultFields.Of(kind).Select(field => $"`{field.Name}`"))} |";
            Assert.Contains(row, page, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"```kql(?<mistake>-mistake)? (?<kind>\w+)\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
