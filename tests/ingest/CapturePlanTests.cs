using System.IO.Compression;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

public sealed class CapturePlanTests : IDisposable
{
    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;
    readonly BatchSet _batches = new(journal: 1);
    readonly CallFold _calls = new(journal: 1);

    public CapturePlanTests() => _meter = new IngestMeter(_folder.Journal, TimeProvider.System);

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_dropped_message_is_neither_stored_nor_kept_in_the_journal_and_is_counted()
    {
        Index("- { name: pings, when: 'method : OPTIONS', drop: true }", SomePackets.Hep(Options("ping")), SomePackets.Hep(SomePackets.Invite("call")));

        Assert.Equal(["call"], Documents(DocumentKind.Sip).Select(document => document.Text(Fields.CallId)));
        Assert.Equal(1, _calls.Count);
        Assert.Equal([new ReasonCount("planned", 1)], _meter.Snapshot().Dropped);
        Assert.Equal([new RuleCount("pings", 1)], _meter.Snapshot().Rules);
        Assert.Equal([SomePackets.Hep(SomePackets.Invite("call"))], _folder.Packets());
    }

    [Fact]
    public void Of_several_messages_in_a_payload_one_is_taken_out_and_the_others_keep_their_places()
    {
        Index("- { name: pings, when: 'method : OPTIONS', drop: true }", SomePackets.Hep(SomePackets.Invite("a") + Options("secret-ping") + SomePackets.Invite("c")));

        Assert.Equal([("a", 0L), ("c", 2L)], Documents(DocumentKind.Sip).Select(document => (document.Text(Fields.CallId), document.Integer(Fields.Sequence)!.Value)));
        byte[] packet = Assert.Single(_folder.Packets());
        Assert.DoesNotContain("secret-ping", Encoding.UTF8.GetString(packet), StringComparison.Ordinal);
        Assert.Equal(SomePackets.Invite("c"), Encoding.UTF8.GetString(CapturedPayload.Of(packet, DocumentKind.Sip, sequence: 2)));

        // Read again, by a plan that knows nothing of it, as an index is made anew.
        _batches.Clear();
        Index("", []);
        Assert.Equal([("a", 0L), ("c", 2L)], Documents(DocumentKind.Sip).Select(document => (document.Text(Fields.CallId), document.Integer(Fields.Sequence)!.Value)));
    }

    [Fact]
    public void What_is_masked_is_masked_in_rows_in_calls_and_in_the_journal()
    {
        string message = SomePackets.Invite("call", "X-Secret: hidden value\r\n").Replace("sip:bob@", "sip:+4930123456@", StringComparison.Ordinal);
        Index("- { name: privacy, when: '*', mask: { digits: 4, headers: [X-Secret] } }", SomePackets.Hep(message));

        Document row = Assert.Single(Documents(DocumentKind.Sip));
        Assert.Equal(("+493012xxxx", "+493012xxxx"), (row.Text(Fields.UriUser), row.Text(Fields.ToUser)));
        Assert.Equal("""{"x-secret":"xxxxxx xxxxx"}""", row.Text(Fields.Headers));
        Assert.Equal("+493012xxxx", Call().Text(Fields.ToUser));
        string kept = Encoding.UTF8.GetString(CapturedPayload.Of(Assert.Single(_folder.Packets()), DocumentKind.Sip, 0));
        Assert.Equal(message.Replace("123456", "12xxxx", StringComparison.Ordinal).Replace("hidden value", "xxxxxx xxxxx", StringComparison.Ordinal), kept);
    }

    [Fact]
    public void A_compressed_payload_that_is_masked_keeps_its_row_and_loses_its_raw_message()
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionMode.Compress))
            zlib.Write(Encoding.UTF8.GetBytes(SomePackets.Invite("call", "X-Secret: hidden\r\n")));
        Index("- { name: privacy, when: '*', mask: { headers: [X-Secret] } }", SomePackets.Hep(output.ToArray(), isCompressed: true));

        Assert.Equal("""{"x-secret":"xxxxxx"}""", Assert.Single(Documents(DocumentKind.Sip)).Text(Fields.Headers));
        Assert.Empty(_folder.Packets());
    }

    [Fact]
    public void Tags_a_carrier_and_an_agents_name_stand_on_the_message_and_on_its_call()
    {
        Index(
            """
            - { name: west, when: 'ip : 192.0.2.0/24', carrier: west, tag: [trunk, "2"] }
            - { name: edge, when: 'agent : 2001', agent: edge-1 }
            """,
            SomePackets.Hep(SomePackets.Invite("call")));

        foreach (Document document in (Document[])[Assert.Single(Documents(DocumentKind.Sip)), Call()])
        {
            Assert.Equal(["west"], document.Many(Fields.Carrier));
            Assert.Equal(["2", "trunk"], document.Many(Fields.Tags).Order());
            Assert.Equal("edge-1", document.Text(Fields.AgentName));
        }

        Assert.DoesNotContain(Call().Many(Fields.Identifiers), static identifier => identifier.Contains("west", StringComparison.Ordinal));
    }

    [Fact]
    public void Tags_of_the_way_in_and_of_the_plan_stand_side_by_side()
    {
        Index("- { name: cut, when: 'tags : truncated', tag: look }", SomePackets.Hep(SomePackets.Invite("a")[..^30]));
        Assert.Equal(["truncated", "look"], Assert.Single(Documents(DocumentKind.Sip)).Many(Fields.Tags));
    }

    [Fact]
    public void The_first_rule_that_ends_the_plan_has_the_last_word()
    {
        Index(
            """
            - { name: mine, when: 'callid : mine*', keep: true }
            - { name: rest, when: '*', drop: true }
            """,
            SomePackets.Hep(SomePackets.Invite("mine-1")), SomePackets.Hep(SomePackets.Invite("other")));
        Assert.Equal(["mine-1"], Documents(DocumentKind.Sip).Select(document => document.Text(Fields.CallId)));
    }

    [Fact]
    public void A_sample_keeps_or_drops_all_messages_of_a_call_and_about_its_share_of_calls()
    {
        const int Calls = 400;
        Index("- { name: some, when: '*', sample: 25% }", SomePackets.Calls(Calls, new Random(5)));
        int[] messages = [.. Documents(DocumentKind.Sip).CountBy(document => document.Text(Fields.CallId)!).Select(entry => entry.Value)];
        Assert.All(messages, count => Assert.Equal(SomePackets.CallMessages, count));
        // The Call-IDs are the same each time.
        Assert.InRange(messages.Length, Calls / 5, Calls * 3 / 10);
    }

    [Fact]
    public void Log_lines_have_rules_of_their_own()
    {
        const string Line = "call-id: abc number 4930123456 took 12345 ms";
        Index(
            """
            - { name: noise, kind: log, when: 'message : heartbeat', drop: true }
            - { name: numbers, kind: log, when: '*', mask: { digits: all }, tag: seen }
            """,
            SomePackets.Hep("heartbeat", HepProtocolType.Log), SomePackets.Hep(Line, HepProtocolType.Log));

        Document row = Assert.Single(Documents(DocumentKind.Log));
        Assert.Equal("call-id: abc number xxxxxxxxxx took 12345 ms", row.Text(Fields.Text));
        Assert.Equal(["seen"], row.Many(Fields.Tags));
        Assert.Equal("abc", row.Text(Fields.CallId));
        Assert.Equal(row.Text(Fields.Text), Encoding.UTF8.GetString(CapturedPayload.Of(Assert.Single(_folder.Packets()), DocumentKind.Sip, 0)));
    }

    [Fact]
    public void A_quality_report_that_is_dropped_leaves_no_row()
    {
        Index("- { name: rtcp, kind: qos, when: 'protocol : rtcp', drop: true }", SomePackets.Hep("{\"report_count\":0}", HepProtocolType.Rtcp));
        Assert.Empty(Documents(DocumentKind.Qos));
        Assert.Equal([new ReasonCount("planned", 1)], _meter.Snapshot().Dropped);
    }

    [Fact]
    public void A_message_that_no_rule_meets_costs_no_allocation_more_than_without_a_plan()
    {
        byte[][] packets = [.. Enumerable.Range(0, 200).Select(static call => SomePackets.Hep(SomePackets.Invite($"call-{call}")))];
        long without = AllocatedBy(CapturePlan.None, packets);
        long with = AllocatedBy(Plan("- { name: a, when: 'from : +49* and status >= 500', tag: x }\n- { name: b, when: 'ip : 10.0.0.0/8', drop: true }"), packets);
        Assert.InRange(with - without, long.MinValue, packets.Length);
    }

    [Fact]
    public void A_trial_says_what_each_rule_would_do_and_shows_the_first_message()
    {
        CapturePlan plan = Plan(
            """
            - { name: pings, when: 'method : OPTIONS', drop: true }
            - { name: unused, when: 'status : 503', mask: { digits: all, body: true } }
            """);
        PlanReport report = PlanTrial.Run(
            plan, [SomePackets.Hep(SomePackets.Invite("a")), SomePackets.Hep(Options("b")), SomePackets.Hep(Options("c"))], TimeProvider.System);
        Assert.Equal((3, 1, 2), (report.Packets, report.Documents, report.Dropped));
        Assert.Equal([("drop", 2L, "OPTIONS sip:bob@example.net SIP/2.0"), ("mask all digits body", 0L, null)],
            report.Rules.Select(static rule => (rule.Rule.Does, rule.Messages, rule.Example)));
    }

    [Theory]
    [InlineData("- { when: '*', drop: true }", 2, 3, "the rule has no `name`.")]
    [InlineData("- { name: a b, when: '*', drop: true }", 2, 11, "`a b` is no name")]
    [InlineData("- { name: a, when: '*' }", 2, 3, "the rule `a` does nothing; give drop, keep, sample, tag, mask, agent, carrier or namespace.")]
    [InlineData("- { name: a, drop: true }", 2, 3, "the rule `a` needs `when`")]
    [InlineData("- { name: a, when: 'methd : OPTIONS', drop: true }", 2, 21, "`when`: ")]
    [InlineData("- { name: a, when: 'method : OPTIONS and coed : 5', drop: true }", 2, 42, "`when`: ")]
    [InlineData("- { name: a, when: '*', dorp: true }", 2, 25, "unknown key `dorp`; known are name, kind, when, drop")]
    [InlineData("- { name: a, when: '*', drop: yes }", 2, 31, "`drop` is true or false, not `yes`.")]
    [InlineData("- { name: a, when: '*', drop: true, keep: true }", 2, 43, "the rule `a` has both `drop` and `keep`")]
    [InlineData("- { name: a, when: '*', sample: 1/10 }", 2, 33, "`sample` is the share of calls that is kept, e.g. 10%, not `1/10`.")]
    [InlineData("- { name: a, when: '*', mask: { headers: via } }", 2, 42, "`via` cannot be masked")]
    [InlineData("- { name: a, when: '*', mask: {} }", 2, 31, "`mask` masks nothing.")]
    [InlineData("- { name: a, when: '*', mask: digits }", 2, 31, "`mask` is a mapping")]
    [InlineData("- { name: a, kind: log, when: '*', mask: { headers: X-A } }", 2, 53, "only SIP messages have headers.")]
    [InlineData("- { name: a, kind: qos, when: '*', mask: { body: true } }", 2, 42, "a quality report has nothing to mask")]
    [InlineData("- { name: a, kind: call, when: '*', drop: true }", 2, 20, "`kind` is sip, log or qos, not `call`.")]
    [InlineData("- { name: a, when: '*', tag: 'a b' }", 2, 30, "`a b` is no word for `tag`")]
    public void A_mistake_in_the_file_is_told_with_its_place(string rules, int line, int column, string message)
    {
        RuleFileException mistake = Assert.Throws<RuleFileException>(() => Plan(rules));
        Assert.StartsWith($"capture.yaml, line {line}, column {column}: {message}", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_rules_of_one_name_are_a_mistake() =>
        Assert.Throws<RuleFileException>(() => Plan("- { name: a, when: '*', drop: true }\n- { name: a, when: '*', keep: true }"));

    [Fact]
    public void The_examples_that_are_shipped_can_be_used_as_they_stand()
    {
        string text = File.ReadAllText(Path.Combine(Fixtures.Repository, "rules", "capture.yaml"));
        Assert.Empty(CapturePlanFile.Read("capture.yaml", new StringReader(text)).Rules);
        string uncommented = text.Replace("\n#- ", "\n- ", StringComparison.Ordinal).Replace("\n#rules", "\nrules", StringComparison.Ordinal)
            .Replace("\n#call-ids", "\ncall-ids", StringComparison.Ordinal);
        Assert.Equal(7, CapturePlanFile.Read("capture.yaml", new StringReader(uncommented)).Rules.Count);
    }

    [Fact]
    public void What_is_routed_stands_in_its_namespace_alone_with_its_call_and_the_reports_in_it()
    {
        string bye = SomePackets.Invite("b", "X-RTP-Stat: PR=250;PL=10\r\n").Replace("INVITE", "BYE", StringComparison.Ordinal);
        Index(
            "- { name: acme, when: 'callid : b', namespace: acme, tag: routed }\n- { name: privacy, when: 'callid : b', mask: { digits: 4 } }",
            SomePackets.Hep(SomePackets.Invite("a")), SomePackets.Hep(SomePackets.Invite("b") + SomePackets.Invite("a") + bye));

        Assert.Equal(["a", "a"], Documents(DocumentKind.Sip).Select(document => document.Text(Fields.CallId)));
        Assert.Empty(Documents(DocumentKind.Qos));
        Assert.Equal(["b", "b"], Documents(DocumentKind.Sip, "acme").Select(document => document.Text(Fields.CallId)));
        Assert.Equal(["b"], Documents(DocumentKind.Qos, "acme").Select(document => document.Text(Fields.CallId)));
        Assert.Contains("routed", Documents(DocumentKind.Sip, "acme").First().Many(Fields.Tags));
        Assert.All(_batches.Filled, batch => Assert.Equal(ReferenceEquals(batch, _batches.Of(batch.Kind)) ? null : "acme", batch.Namespace));
        Assert.Equal([(null, "a"), ("acme", "b")], _calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero).Select(Place).Order());
    }

    [Fact]
    public void Of_a_call_that_is_routed_in_part_there_is_one_in_each_namespace()
    {
        Index(
            "- { name: acme, when: 'method : INVITE', namespace: acme }\n- { name: later, when: 'method : CANCEL', namespace: other }",
            SomePackets.Hep(SomePackets.Invite("a")), SomePackets.Hep(Options("a")), SomePackets.Hep(SomePackets.Invite("a").Replace("INVITE", "CANCEL", StringComparison.Ordinal)));

        Assert.Equal([(null, "a"), ("acme", "a"), ("other", "a")], _calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero).Select(Place).Order());
        Assert.Equal([1, 1, 1], [Documents(DocumentKind.Sip).Count(), Documents(DocumentKind.Sip, "acme").Count(), Documents(DocumentKind.Sip, "other").Count()]);
        _batches.Clear();
        Assert.Empty(_batches.Filled);
    }

    [Fact]
    public void A_log_line_is_routed_by_a_rule_of_its_kind()
    {
        Index("- { name: acme, kind: log, when: '*', namespace: acme, mask: { digits: all } }", SomePackets.Hep("call 123456789", HepProtocolType.Log), SomePackets.Hep(SomePackets.Invite("a")));
        Assert.Empty(Documents(DocumentKind.Log));
        Assert.Equal("call xxxxxxxxx", Assert.Single(Documents(DocumentKind.Log, "acme")).Text(Fields.Text));
        Assert.Single(Documents(DocumentKind.Sip));
    }

    static (string?, string) Place(SummaryUpdate update) => (update.Namespace, Encoding.UTF8.GetString(update.Key.Span));

    static string Options(string callId) => SomePackets.Invite(callId).Replace("INVITE", "OPTIONS", StringComparison.Ordinal);

    static CapturePlan Plan(string rules) =>
        CapturePlanFile.Read("capture.yaml", new StringReader(rules.Length == 0 ? "" : "rules:\n" + rules));

    long AllocatedBy(CapturePlan plan, byte[][] packets)
    {
        var rows = new RecordRows(journal: 1, new IngestOptions { Plan = new RuleFile<CapturePlan>(plan) }, _meter, NullLogger.Instance);
        var batches = new BatchSet(journal: 1);
        var calls = new CallFold(journal: 1);
        long before = 0;
        for (int time = 0; time < 2; time++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int index = 0; index < packets.Length; index++)
                rows.Add(new JournalRecord(index * 8, default, packets[index]), batches, new IndexUnit(), calls, TimeSpan.Zero);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Publishes the packets and reads the whole journal by the plan.</summary>
    void Index(string rules, params byte[][] packets)
    {
        _folder.Append(packets);
        var rows = new RecordRows(journal: 1, new IngestOptions { Plan = new RuleFile<CapturePlan>(Plan(rules)) }, _meter, NullLogger.Instance);
        using JournalReader reader = _folder.Journal.Follow(0);
        while (reader.TryRead(out JournalRecord record))
            rows.Add(record, _batches, new IndexUnit(), _calls, TimeSpan.Zero);
    }

    IEnumerable<Document> Documents(DocumentKind kind, string? space = null)
    {
        DocumentBatch batch = _batches.In(space).Of(kind);
        return [.. Enumerable.Range(0, batch.Count).Select(row => BatchRows.Read(batch, row))];
    }

    Document Call()
    {
        var batch = new DocumentBatch(DocumentKind.Call, journal: 1);
        foreach (SummaryUpdate update in _calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero))
            update.Merge([], batch);
        return BatchRows.Read(batch, 0);
    }
}
