using System.Globalization;
using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Tests.Store;

/// <summary><c>docs/fields.md</c> is made out of the catalogue.</summary>
public sealed class FieldsPageTests
{
    [Fact]
    public void The_page_of_fields_shows_the_catalogue() => Golden.Check("docs/fields.md", Page());

    static string Page()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Fields

            Every field of every document, as a query may name it; made out of the catalogue in `store/port/Documents/Fields.cs`
            (`HOMER_RENEW_GOLDEN=1 dotnet test --project tests/store` writes this page anew). How to search them: [query-language.md](query-language.md).

            Kinds: `sip` a SIP message, `log` a log line or any other captured payload, `qos` a media-quality report, `call` the summary of one Call-ID.


            """);
        foreach (IGrouping<string, Field> group in Catalogue.Fields.GroupBy(Kinds))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n| field | type | also named | what it is |\n|---|---|---|---|\n");
            foreach (Field field in group)
                page.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {Type(field)} | {Aliases(field)} | {Description(field)} |\n");
            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    static string Aliases(Field field) => string.Join(", ", field.Aliases.Select(alias => $"`{alias}`"));

    static string Kinds(Field field) => field.Kinds.Count == Enum.GetValues<DocumentKind>().Length
        ? "All kinds"
        : string.Join(", ", field.Kinds.Select(kind => kind.ToString().ToLowerInvariant()));

    static string Type(Field field) =>
        field.Type.ToString().ToLowerInvariant() + (field.Unit is null ? "" : $" ({field.Unit})") + (field.Many ? ", several" : "");

    static string Description(Field field)
    {
        string union = field.UnionOf.Count == 0 ? "" : $" Searches {string.Join(", ", field.UnionOf.Select(part => $"`{part.Name}`"))}.";
        return field.Description.Replace("|", "\\|", StringComparison.Ordinal) + union + (field.StoredOnly ? " Cannot be searched." : "");
    }
}
