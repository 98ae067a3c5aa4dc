using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>What the capture plan makes of one document. Used by one thread, again for each.</summary>
sealed class PlanVerdict(RuleCounts counts)
{
    readonly List<PayloadMask> _masks = [];
    readonly List<byte[]> _tags = [];
    readonly List<byte[]> _labels = [];
    CapturePlan _plan = CapturePlan.None;
    PlannedRule[] _rules = [];
    PlannedRule? _carrier;

    /// <summary>It is not stored.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>What the agent is called instead, UTF-8; empty leaves its name.</summary>
    public byte[] Agent { get; private set; } = [];

    public bool IsMasked => _masks.Count > 0;

    /// <summary>Where it is stored instead of the store's own namespace; null leaves it there.</summary>
    public string? Namespace { get; private set; }

    /// <summary>Tags and carrier as the call keeps them.</summary>
    public ReadOnlySpan<byte[]> Labels => CollectionsMarshal.AsSpan(_labels);

    /// <summary>Asks the rules about a row.</summary>
    /// <param name="isFirstTime">False for a record that is read again and was counted before.</param>
    public void Judge(CapturePlan plan, DocumentBatch batch, int row, bool isFirstTime)
    {
        Clear(plan);
        foreach ((CaptureRule rule, int index) in plan.Of(batch.Kind))
        {
            if (!rule.Matches(batch, row))
                continue;
            PlannedRule planned = _rules[index];
            if (isFirstTime)
                planned.Count.Add();
            IsDropped = rule.End == RuleEnd.Drop || (rule.Sample is { } share && !IsInSample(batch, row, share));
            if (IsDropped)
                return;
            Take(rule, planned);
            if (rule.End == RuleEnd.Keep)
                return;
        }
    }

    /// <summary>Sets on a row what the rules gave it.</summary>
    public void Mark(DocumentBatch batch, int row)
    {
        foreach (byte[] tag in _tags)
            batch.AddValue(row, Fields.Tags, tag);
        if (_carrier is not null)
            batch.Set(row, Fields.Carrier, _carrier.Carrier);
        if (Agent.Length > 0)
            batch.Set(row, Fields.AgentName, Agent);
    }

    public void MaskMessage(Span<byte> message)
    {
        foreach (PayloadMask mask in _masks)
            mask.ApplyToMessage(message);
    }

    public void MaskText(Span<byte> text)
    {
        foreach (PayloadMask mask in _masks)
            mask.ApplyToText(text);
    }

    void Take(CaptureRule rule, PlannedRule planned)
    {
        if (rule.Mask is { } mask)
            _masks.Add(mask);
        if (planned.Agent.Length > 0)
            Agent = planned.Agent;
        Namespace = rule.Namespace ?? Namespace;
        foreach (byte[] tag in planned.Tags)
        {
            if (!_tags.Contains(tag))
                _tags.Add(tag);
        }

        _labels.AddRange(planned.TagLabels);
        if (planned.Carrier.Length == 0)
            return;
        if (_carrier is not null)
            _labels.Remove(_carrier.CarrierLabel);
        _carrier = planned;
        _labels.Add(planned.CarrierLabel);
    }

    void Clear(CapturePlan plan)
    {
        IsDropped = false;
        Namespace = null;
        Agent = [];
        _carrier = null;
        _masks.Clear();
        _tags.Clear();
        _labels.Clear();
        if (ReferenceEquals(plan, _plan))
            return;
        _plan = plan;
        _rules = [.. plan.Rules.Select(rule => new PlannedRule(rule, counts.Of(rule.Name)))];
    }

    /// <summary>All messages of a call share its fate, whoever captured them; what names no call is drawn by its place in the journal.</summary>
    static bool IsInSample(DocumentBatch batch, int row, double share)
    {
        int callId = Fields.CallId.Column(batch.Kind);
        ulong hash = batch.Has(row, callId)
            ? XxHash3.HashToUInt64(batch.Bytes(batch.Cells(callId)[row]))
            : XxHash3.HashToUInt64(BitConverter.GetBytes(batch.Cells(Fields.Sequence.Column(batch.Kind))[row]));
        return hash < share * ulong.MaxValue;
    }

    /// <summary>A rule with its counter and its words as octets.</summary>
    sealed class PlannedRule(CaptureRule rule, RuleCounts.Entry count)
    {
        public RuleCounts.Entry Count { get; } = count;
        public byte[][] Tags { get; } = [.. rule.Tags.Select(Encoding.UTF8.GetBytes)];
        public byte[][] TagLabels { get; } = [.. rule.Tags.Select(static tag => Encoding.UTF8.GetBytes(Calls.Labels.Tag + tag))];
        public byte[] Agent { get; } = Encoding.UTF8.GetBytes(rule.Agent ?? "");
        public byte[] Carrier { get; } = Encoding.UTF8.GetBytes(rule.Carrier ?? "");
        public byte[] CarrierLabel { get; } = Encoding.UTF8.GetBytes(Calls.Labels.Carrier + rule.Carrier);
    }
}
