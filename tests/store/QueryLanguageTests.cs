using CsCheck;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Store;

public sealed class QueryLanguageTests
{
    static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 24, 14, 3, 20, TimeSpan.Zero));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0")]
    public void Nothing_to_look_for_is_everything(string? text) =>
        Assert.IsType<Query.Everything>(QueryLanguage.Parse(text, DocumentKind.Sip, Now));

    [Fact]
    public void A_quoted_value_reads_back_as_itself_whatever_is_in_it() =>
        Gen.String.Sample(value =>
        {
            var equal = (Query.Equal)QueryLanguage.Parse($"callid : {QueryText.Quote(value)}", DocumentKind.Sip, Now);
            Assert.Equal(value, equal.Value);
        });

    [Fact]
    public void Any_text_is_read_or_refused_within_its_own_length() =>
        Gen.OneOf(Gen.String, Gen.String["()<>=!:\"\\* \tand or not fromcode14.{}"], Pieces.Array[0, 30].Select(pieces => string.Join(' ', pieces))).Sample(text =>
        {
            try
            {
                string printed = QueryLanguage.Parse(text, DocumentKind.Sip, Now).ToString();
                Assert.Equal(printed, QueryLanguage.Parse(printed, DocumentKind.Sip, Now).ToString());
            }
            catch (QueryException mistake)
            {
                Assert.InRange(mistake.Position, 0, text.Length);
                Assert.InRange(mistake.Length, 0, text.Length - mistake.Position);
            }
        });

    static readonly Gen<string> Pieces = Gen.OneOf(
        "from", "code", "message", ":", "=", "!=", ">", "<=", "(", ")", "and", "or", "not", "IN", "LIKE",
        "*", "alice", "\"x y\"", "486", "4xx", "10.0.0.0/8", "::1", "\\");

    [Theory]
    [InlineData(DocumentKind.Sip)]
    [InlineData(DocumentKind.Log)]
    [InlineData(DocumentKind.Call)]
    public void A_printed_tree_reads_back_with_the_same_meaning(DocumentKind kind)
    {
        Document[] documents = [.. SampleDocuments.Generate(kind, 60, new DateOnly(2026, 11, 24)).Select(sample => sample.AsDocument(1))];
        Assert.All(SampleQueries.About(documents, kind).Where(CanBeWritten), query =>
        {
            Query again = QueryLanguage.Parse(query.ToString(), kind, Now);
            Assert.Equal(Ids(documents, query), Ids(documents, again));
        });
    }

    static string[] Ids(Document[] documents, Query query) =>
        [.. documents.Where(document => QueryMatch.Matches(query, document)).Select(document => document.Id)];

    /// <summary>A range with two bounds asks that one value lies between them; of several values the language can only ask for each bound.</summary>
    static bool CanBeWritten(Query query) => query switch
    {
        Query.And and => and.Parts.All(CanBeWritten),
        Query.Or or => or.Parts.All(CanBeWritten),
        Query.Not not => CanBeWritten(not.Part),
        Query.Range { From: not null, To: not null } range => !range.Field.Field.Many,
        _ => true,
    };

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash()
    {
        string Nested(string opening, int times, string closing) =>
            string.Concat(Enumerable.Repeat(opening, times)) + "alice" + string.Concat(Enumerable.Repeat(closing, times));

        QueryLanguage.Parse(Nested("(", 200, ")"), DocumentKind.Sip, Now);
        QueryLanguage.Parse(Nested("not ", 200, ""), DocumentKind.Sip, Now);
        foreach (string text in new[] { Nested("(", 201, ")"), Nested("not ", 4000, ""), "from : " + Nested("(", 8000, ")"), new string('(', 16_000) })
        {
            QueryException mistake = Assert.Throws<QueryException>(() => QueryLanguage.Parse(text, DocumentKind.Sip, Now));
            Assert.Contains("200 levels", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_text_beyond_the_bound_is_refused()
    {
        QueryLanguage.Parse(new string('a', QueryLanguage.MaxLength), DocumentKind.Sip, Now);

        string tooLong = new('a', QueryLanguage.MaxLength + 1);
        QueryException mistake = Assert.Throws<QueryException>(() => QueryLanguage.Parse(tooLong, DocumentKind.Sip, Now));

        Assert.Equal(QueryLanguage.MaxLength, mistake.Position);
    }

    [Fact]
    public void A_long_list_of_alternatives_is_one_flat_node()
    {
        string text = "callid : (" + string.Join(" or ", Enumerable.Range(1000, 1500).Select(number => $"c{number}")) + ")";

        Assert.Equal(1500, Assert.IsType<Query.Or>(QueryLanguage.Parse(text, DocumentKind.Sip, Now)).Parts.Count);
    }

    [Fact]
    public void A_mistake_suggests_the_nearest_field()
    {
        QueryException mistake = Assert.Throws<QueryException>(() => QueryLanguage.Parse("status : 486 and form_user : alice", DocumentKind.Sip, Now));

        Assert.Equal("from_user", mistake.Suggestion);
        Assert.Equal(17, mistake.Position);
        Assert.Equal(9, mistake.Length);
        Assert.Contains("did you mean 'from_user'?", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_and_alias_of_the_catalogue_can_be_asked_for(DocumentKind kind, string name) =>
        Assert.IsType<Query.Exists>(QueryLanguage.Parse($"{name} : *", kind, Now));

    public static TheoryData<DocumentKind, string> Names =>
        [.. Enum.GetValues<DocumentKind>().SelectMany(kind => Catalogue.Names(kind).Select(name => new TheoryDataRow<DocumentKind, string>(kind, name)))];
}
