using System.Net;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

public sealed class EnrichmentTests
{
    [Theory]
    [InlineData("10.1.2.3", 5060, 1, "pbx")]
    [InlineData("10.1.2.3", 5061, 1, "pbx-tls")]
    [InlineData("10.1.2.3", 5061, 7, "pbx-tls")]
    [InlineData("10.1.2.3", 5060, 7, "pbx-of-7")]
    [InlineData("10.1.2.4", 5060, 1, "west")]
    [InlineData("10.9.2.4", 5060, 1, "inside")]
    [InlineData("2001:db8::5", 5060, 1, "six")]
    [InlineData("192.0.2.1", 5060, 1, "")]
    public void Of_several_aliases_the_most_specific_counts(string ip, int port, int agent, string expected)
    {
        AliasTable table = Aliases(
            """
            - { name: inside, ip: 10.0.0.0/8 }
            - { name: west, ip: 10.1.0.0/16 }
            - { name: pbx, ip: 10.1.2.3 }
            - { name: pbx-of-7, ip: 10.1.2.3, agent: 7 }
            - { name: pbx-tls, ip: 10.1.2.3, port: 5061 }
            - { name: six, ip: 2001:db8::/32 }
            """);
        Assert.Equal(expected, Encoding.UTF8.GetString(table.Find(ValueOrder.Number(IPAddress.Parse(ip)), port, agent)));
    }

    [Theory]
    [InlineData("- { ip: 10.0.0.0/8 }", 2, 3, "the alias has no `name`.")]
    [InlineData("- { name: a }", 2, 3, "the alias `a` needs `ip`.")]
    [InlineData("- { name: a, ip: 10.0.0.0/33 }", 2, 18, "`10.0.0.0/33` is no address and no network")]
    [InlineData("- { name: a, ip: 10.0.0.1, port: 0 }", 2, 34, "`port` is a number from 1 to 65535")]
    [InlineData("- { name: a, ip: 10.0.0.1, agent: edge }", 2, 35, "`agent` is a capture agent id")]
    [InlineData("- { name: a, ip: 10.0.0.1 }\n- { name: b, ip: 10.0.0.1/32 }", 3, 3, "10.0.0.1/32 has a name already")]
    public void A_mistake_in_the_aliases_is_told_with_its_place(string text, int line, int column, string message)
    {
        RuleFileException mistake = Assert.Throws<RuleFileException>(() => Aliases(text));
        Assert.StartsWith($"aliases.yaml, line {line}, column {column}: {message}", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("030123456", "+4930123456", "DE")]
    [InlineData("+4930123456", "+4930123456", "DE")]
    [InlineData("004930123456", "+4930123456", "DE")]
    [InlineData("0044 20 7946 0018", "+442079460018", "GB")]
    [InlineData("+12125550123", "+12125550123", "US")]
    public void Numbers_are_read_as_they_are_dialled_in_the_region(string dialled, string number, string country)
    {
        var plan = new NumberPlan("DE");
        for (int time = 0; time < 2; time++)
        {
            DialledNumber read = plan.Find(Encoding.ASCII.GetBytes(dialled))!;
            Assert.Equal((number, country), (Encoding.ASCII.GetString(read.Number), Encoding.ASCII.GetString(read.Country)));
        }
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("4711")]
    [InlineData("+49")]
    [InlineData("99999999999999")]
    [InlineData("")]
    public void What_is_no_number_is_none(string user) => Assert.Null(new NumberPlan("DE").Find(Encoding.ASCII.GetBytes(user)));

    [Fact]
    public void A_region_without_numbering_plan_is_a_mistake()
    {
        RuleFileException mistake = Assert.Throws<RuleFileException>(() => NumberPlanFile.Read("numbers.yaml", new StringReader("region: XX")));
        Assert.StartsWith("numbers.yaml, line 1, column 9: `XX` is no region", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_log_lines_and_calls_carry_aliases_and_numbers_and_rules_may_ask_for_them()
    {
        using JournalFolder folder = new();
        using var meter = new IngestMeter(folder.Journal, TimeProvider.System);
        var names = new Enrichment(
            new RuleFile<AliasTable>(Aliases("- { name: caller-side, ip: 192.0.2.1 }\n- { name: callee-side, ip: 192.0.2.2, port: 5062 }")),
            new RuleFile<NumberPlan>(new NumberPlan("DE")));
        CapturePlan plan = CapturePlanFile.Read("capture.yaml", new StringReader("rules: [{ name: a, when: 'alias : callee-side and to_country : DE', tag: seen }]"));
        var rows = new RecordRows(journal: 1, new IngestOptions { Names = names, Plan = new RuleFile<CapturePlan>(plan) }, meter, NullLogger.Instance);
        var batches = new BatchSet(journal: 1);
        var calls = new CallFold(journal: 1, names.Apply);
        string invite = SomePackets.Invite("call").Replace("sip:bob@", "sip:030123456@", StringComparison.Ordinal);
        byte[][] packets = [SomePackets.Hep(invite), SomePackets.Hep("a line", HepProtocolType.Log)];
        foreach ((int index, byte[] packet) in packets.Index())
            rows.Add(new JournalRecord(index * 8, default, packet), batches, new IndexUnit(), calls, TimeSpan.Zero);
        var summaries = new DocumentBatch(DocumentKind.Call, journal: 1);
        foreach (SummaryUpdate update in calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero))
            update.Merge([], summaries);

        Document message = BatchRows.Read(batches.Sip, 0);
        Assert.All([message, BatchRows.Read(batches.Of(DocumentKind.Log), 0), BatchRows.Read(summaries, 0)], static document =>
            Assert.Equal(("caller-side", "callee-side"), (document.Text(Fields.SourceAlias), document.Text(Fields.DestinationAlias))));
        Assert.All([message, BatchRows.Read(summaries, 0)], static document =>
        {
            Assert.Equal(("+4930123456", "DE"), (document.Text(Fields.ToNumber), document.Text(Fields.ToCountry)));
            Assert.Null(document.Text(Fields.FromNumber));
            Assert.Contains("seen", document.Many(Fields.Tags));
        });
    }

    [Fact]
    public void Addresses_are_placed_by_every_database_that_knows_them()
    {
        string folder = Directory.CreateTempSubdirectory("homer-geo-").FullName;
        try
        {
            MaxMindFile.Write(
                Path.Combine(folder, "country.mmdb"), "Test-Country",
                ("192.0.2.0/24", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "DE" } }),
                ("2001:db8::/32", new() { ["registered_country"] = new Dictionary<string, object> { ["iso_code"] = "GB" } }));
            MaxMindFile.Write(
                Path.Combine(folder, "asn.mmdb"), "Test-ASN",
                ("192.0.2.1/32", new() { ["autonomous_system_number"] = 64_500u, ["autonomous_system_organization"] = "Example Carrier" }));
            using var places = new GeoDatabases(folder);
            var names = new Enrichment(new RuleFile<AliasTable>(AliasTable.Empty), new RuleFile<NumberPlan>(NumberPlan.None), places);
            var batch = new DocumentBatch(DocumentKind.Sip, journal: 1);
            foreach ((string source, string destination) in (ReadOnlySpan<(string, string)>)[("192.0.2.1", "192.0.2.2"), ("2001:db8::7", "10.0.0.1"), ("192.0.2.1", "10.0.0.1")])
            {
                int row = batch.AddRow();
                batch.Set(row, Fields.Timestamp, 0);
                batch.Set(row, Fields.Sequence, row);
                batch.Set(row, Fields.SourceIp, IPAddress.Parse(source).GetAddressBytes());
                batch.Set(row, Fields.DestinationIp, IPAddress.Parse(destination).GetAddressBytes());
                names.Apply(batch, row);
            }

            Assert.Equal(
                [("DE", 64_500L, "Example Carrier", "DE", null), ("GB", null, null, null, null), ("DE", 64_500L, "Example Carrier", null, null)],
                Enumerable.Range(0, batch.Count).Select(row => BatchRows.Read(batch, row)).Select(static row => (
                    row.Text(Fields.SourceCountry), row.Integer(Fields.SourceAsNumber), row.Text(Fields.SourceAsName), row.Text(Fields.DestinationCountry),
                    row.Integer(Fields.DestinationAsNumber))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_databases_or_with_something_else_is_a_mistake()
    {
        string folder = Directory.CreateTempSubdirectory("homer-geo-").FullName;
        try
        {
            Assert.Throws<InvalidDataException>(() => new GeoDatabases(folder));
            File.WriteAllText(Path.Combine(folder, "no.mmdb"), "this is none");
            Assert.Throws<InvalidDataException>(() => new GeoDatabases(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_call_of_a_log_line_is_found_by_patterns_of_the_operator_before_the_shipped_ones()
    {
        CapturePlan plan = CapturePlanFile.Read("capture.yaml", new StringReader("call-ids: ['leg<([^>]+)>']"));
        Assert.Equal("one", plan.CallIds.Find("leg<one> call-id: two"u8, []));
        Assert.Equal("two", plan.CallIds.Find("call-id: two"u8, []));
        Assert.Throws<RuleFileException>(() => CapturePlanFile.Read("capture.yaml", new StringReader("call-ids: ['leg']")));
        Assert.Throws<RuleFileException>(() => CapturePlanFile.Read("capture.yaml", new StringReader("call-ids: ['(leg']")));
        Assert.Throws<RuleFileException>(() => CapturePlanFile.Read("capture.yaml", new StringReader(@"call-ids: ['(a)\1']")));
    }

    [Theory]
    [InlineData("aliases.yaml", 3)]
    [InlineData("numbers.yaml", 1)]
    public void The_examples_that_are_shipped_can_be_used_as_they_stand(string name, int entries)
    {
        string text = File.ReadAllText(Path.Combine(Fixtures.Repository, "rules", name));
        string uncommented = text.Replace("\n#- ", "\n- ", StringComparison.Ordinal).Replace("\n#aliases", "\naliases", StringComparison.Ordinal)
            .Replace("\n#region", "\nregion", StringComparison.Ordinal);
        Assert.Equal(entries, name == "aliases.yaml"
            ? AliasFile.Read(name, new StringReader(uncommented)).Aliases.Count + AliasFile.Read(name, new StringReader(text)).Aliases.Count
            : NumberPlanFile.Read(name, new StringReader(uncommented)).Region!.Length - 1);
    }

    static AliasTable Aliases(string text) => AliasFile.Read("aliases.yaml", new StringReader("aliases:\n" + text));
}
