using System.Text;
using Homer.Search.Calls;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Ingest;

/// <summary>Tries a capture plan on packets without storing any.</summary>
public static class PlanTrial
{
    /// <summary>Lets the packets go the way in up to the store.</summary>
    public static PlanReport Run(CapturePlan plan, IEnumerable<byte[]> packets, TimeProvider clock)
    {
        using var meter = new IngestMeter(journal: null, clock);
        var rows = new RecordRows(journal: 0, new IngestOptions { Plan = new RuleFile<CapturePlan>(plan) }, meter, NullLogger.Instance);
        var batches = new BatchSet(journal: 0);
        var unit = new IndexUnit();
        var calls = new CallFold(journal: 0);
        string?[] examples = new string?[plan.Rules.Count];
        long count = 0;
        foreach (byte[] packet in packets)
        {
            var record = new JournalRecord(count * 8, new Arrival(Instant.Now(clock), UInt128.Zero, 0, TransportProtocol.Unknown), packet);
            rows.Add(record, batches, unit, calls, TimeSpan.Zero);
            count++;
            for (int index = 0; index < examples.Length; index++)
            {
                if (examples[index] is null && meter.Rules.Of(plan.Rules[index].Name).Count > 0)
                    examples[index] = FirstLine(packet);
            }

            if (!batches.HasRoom)
                batches.Clear();
            if (calls.Count > 1000)
                calls.GiveBack(calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero));
        }

        long dropped = meter.Snapshot().Dropped.FirstOrDefault(static drop => drop.Reason == "planned")?.Count ?? 0;
        return new PlanReport(count, unit.Documents, dropped, [.. plan.Rules.Select((rule, index) =>
            new RuleReport(rule, meter.Rules.Of(rule.Name).Count, examples[index]))]);
    }

    static string FirstLine(byte[] packet)
    {
        ReadOnlySpan<byte> payload = CapturedPayload.Of(packet, DocumentKind.Sip, sequence: 0);
        int end = payload.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? payload : payload[..end]);
    }
}

/// <summary>What a plan would do.</summary>
/// <param name="Packets">That were tried.</param>
/// <param name="Documents">That would be stored.</param>
/// <param name="Dropped">Messages that would not.</param>
public sealed record PlanReport(long Packets, long Documents, long Dropped, IReadOnlyList<RuleReport> Rules);

/// <summary>What one rule would do.</summary>
/// <param name="Messages">It would meet.</param>
/// <param name="Example">First line of what the first packet with one of them holds.</param>
public sealed record RuleReport(CaptureRule Rule, long Messages, string? Example);
