using Homer.Search.Calls;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// Turns records of the journal into rows and folds them into calls, in place over the journal's mapping. Every record ends as rows or as a
/// count with a reason. Used by one thread.
/// </summary>
/// <param name="journal">Whose records they are.</param>
/// <param name="options">What is not wanted, and which capture times are believed.</param>
sealed class RecordRows(uint journal, IngestOptions options, IngestMeter meter, ILogger log)
{
    readonly SipDiscard _discard = new(options.Gate);

    readonly SipRow _sipRow = new();
    readonly ReportRows _reports = new();
    readonly PlanVerdict _verdict = new(meter.Rules);
    readonly byte[] _journalId = CaptureRow.Show(journal);
    long _counted;
    long _faults;

    /// <summary>Adds the record to the batches, which have room, to the unit, and to the calls at time <paramref name="now"/> of their clock.</summary>
    public void Add(in JournalRecord record, BatchSet batches, IndexUnit unit, CallFold calls, TimeSpan now)
    {
        bool isFirstTime = record.Position >= _counted;
        _counted = Math.Max(_counted, record.Position + 1);
        BatchMark before = batches.Mark();
        try
        {
            int rows = Add(record, batches, calls, now, isFirstTime);
            unit.Documents += rows;
            unit.Packets += rows > 0 ? 1 : 0;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Readers do not throw, whatever they are given; should one, it costs this packet and not what comes after it.
            batches.TakeBack(before);
            Drop(DropReason.ReaderFault, isFirstTime);
            // The 1st, 2nd, 4th, 8th …: a defect that meets every packet must not fill the log.
            if (System.Numerics.BitOperations.IsPow2(++_faults))
                log.ReaderFailed(fault, record.Position, _faults);
        }
    }

    int Add(in JournalRecord record, BatchSet batches, CallFold calls, TimeSpan now, bool isFirstTime)
    {
        ReadOnlySpan<byte> frame = record.Packet;
        HepRejection rejection = HepReader.Read(frame, out HepPacket packet);
        if (rejection == HepRejection.CompressedFrame)
        {
            rejection = CompressedPayload.Inflate(frame, out byte[] inflated);
            frame = inflated;
            if (rejection == HepRejection.None)
                rejection = HepReader.Read(frame, out packet);
        }

        if (rejection != HepRejection.None)
        {
            if (isFirstTime)
                meter.Reject(rejection);
            return 0;
        }

        bool isPing = packet.ProtocolType == HepProtocolType.Reserved;
        Instant arrival = record.Arrival.Time;
        AgentEntry agent = meter.Agents.Note(
            packet.CaptureAgentId, record.Arrival.Peer, packet.CaptureAgentName, arrival, isFirstTime && !isPing);
        if (isPing)
            return Drop(DropReason.Ping, isFirstTime);

        var capture = new CaptureRow
        {
            Packet = packet,
            Arrival = record.Arrival,
            Time = CaptureTime.Resolve(packet, arrival, options.OldestCapture is { } age ? arrival.Plus(-age) : default),
            Position = record.Position,
            Names = options.Names,
            AgentName = agent.Name,
            JournalId = _journalId,
            OtherChunks = packet.HasOtherChunks ? VendorChunks.Collect(frame) : default,
        };
        if (isFirstTime && packet.Seconds != 0 && !capture.Time.IsReplaced)
            agent.NoteClock(capture.Time.Time, arrival);
        RowTags tags = (capture.Time.IsReplaced ? RowTags.BadTime : 0) | (packet.IsDamaged ? RowTags.Damaged : 0);
        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.IsCompressed)
        {
            if (CompressedPayload.Inflate(payload, out byte[] inflated) == HepRejection.None)
                payload = inflated;
            else
                tags |= RowTags.BadCompression;
        }

        return packet.ProtocolType == HepProtocolType.Sip
            ? AddSip(record, capture, agent, payload, tags, batches, calls, now, isFirstTime)
            : AddReport(record, capture, payload, tags, batches, isFirstTime);
    }

    int AddSip(
        in JournalRecord record, in CaptureRow capture, AgentEntry agent, ReadOnlySpan<byte> bytes, RowTags tags, BatchSet batches, CallFold calls, TimeSpan now,
        bool isFirstTime)
    {
        DocumentBatch batch = batches.Sip;
        CapturePlan plan = options.Plan.Current;
        bool isPlanned = plan.Of(DocumentKind.Sip).Length > 0;
        var changes = new PayloadChanges(record, bytes);
        int rows = 0;
        int reports = 0;
        var payload = new SipPayload(bytes);
        while (payload.MoveNext())
        {
            switch (payload.Rejection)
            {
                case SipRejection.Empty or SipRejection.KeepAlive:
                    Drop(DropReason.KeepAlive, isFirstTime);
                    continue;
                case SipRejection.Stun:
                    Drop(DropReason.Stun, isFirstTime);
                    continue;
            }

            if (payload.Rejection == SipRejection.None && _discard.Takes(payload.Message))
            {
                Drop(DropReason.Discarded, isFirstTime);
                continue;
            }

            if (BlankMessage.Is(payload.Message))
            {
                Drop(DropReason.Planned, isFirstTime);
                continue;
            }

            // Of what the plan drops as well: it says what the agent saw.
            if (isFirstTime && payload.Rejection == SipRejection.None)
                meter.Agents.NoteSip(agent, payload.Message);
            int row = SetRow(capture, payload.Rejection, payload.Message, payload.Index, payload.Length, tags, batch);
            if (!isPlanned)
            {
                rows++;
                reports += Follow(capture, payload.Rejection, payload.Message, payload.Length, payload.Index, labels: [], space: null, reports, batches, calls, now);
                continue;
            }

            _verdict.Judge(plan, batch, row, isFirstTime);
            if (_verdict.IsDropped)
            {
                batch.RemoveLastRow();
                Drop(DropReason.Planned, isFirstTime);
                BlankMessage.Write(changes.Of(payload.Offset, payload.Length));
                continue;
            }

            rows++;
            CaptureRow named = _verdict.Agent.Length > 0 ? capture with { AgentName = _verdict.Agent } : capture;
            BatchSet place = batches.In(_verdict.Namespace);
            SipRejection rejection = payload.Rejection;
            SipMessage message = payload.Message;
            if (_verdict.IsMasked)
            {
                Span<byte> masked = changes.Of(payload.Offset, payload.Length);
                _verdict.MaskMessage(masked);
                rejection = SipReader.Read(masked, out message);
            }

            if (_verdict.IsMasked || place != batches)
            {
                batch.RemoveLastRow();
                row = SetRow(named, rejection, message, payload.Index, payload.Length, tags, place.Sip);
            }

            _verdict.Mark(place.Sip, row);
            reports += Follow(named, rejection, message, payload.Length, payload.Index, _verdict.Labels, _verdict.Namespace, reports, place, calls, now);
        }

        changes.Apply(isStored: rows > 0);
        return rows + reports;
    }

    int SetRow(in CaptureRow capture, SipRejection rejection, in SipMessage message, int index, int length, RowTags tags, DocumentBatch batch)
    {
        int row = capture.AddTo(batch, "sip"u8, index);
        if (rejection != SipRejection.None)
        {
            batch.Set(row, Fields.MessageSize, length);
            RowTagNames.Set(batch, row, tags | RowTags.NotSip);
            return row;
        }

        _sipRow.Set(batch, row, message, length);
        RowTagNames.Set(batch, row, tags | (message.IsTruncated ? RowTags.Truncated : 0));
        options.Names.AddNumbers(batch, row);
        return row;
    }

    /// <summary>Folds a message into its call. Returns the rows of what it says of media.</summary>
    static int Follow(
        in CaptureRow capture, SipRejection rejection, in SipMessage message, int size, int index, ReadOnlySpan<byte[]> labels, string? space, int reports,
        BatchSet batches, CallFold calls, TimeSpan now)
    {
        if (rejection != SipRejection.None)
            return 0;
        calls.Add(Captured(capture, message, size, index, labels, space), now);
        return MayReport(message) ? ReportRows.Add(capture, message, reports, batches) : 0;
    }

    int AddReport(in JournalRecord record, in CaptureRow capture, ReadOnlySpan<byte> payload, RowTags tags, BatchSet batches, bool isFirstTime)
    {
        CapturePlan plan = options.Plan.Current;
        _reports.CallIds = plan.CallIds;
        if (plan.Rules.Count == 0)
            return _reports.Add(capture, payload, tags, batches);

        BatchMark before = batches.Mark();
        int rows = _reports.Add(capture, payload, tags, batches);
        DocumentBatch batch = batches.Since(before, out int first);
        _verdict.Judge(plan, batch, first, isFirstTime);
        if (_verdict.IsDropped)
        {
            batches.TakeBack(before);
            record.Remove();
            return Drop(DropReason.Planned, isFirstTime);
        }

        BatchSet place = batches.In(_verdict.Namespace);
        if (_verdict.IsMasked || place != batches)
        {
            var changes = new PayloadChanges(record, payload);
            ReadOnlySpan<byte> read = payload;
            if (_verdict.IsMasked)
            {
                Span<byte> masked = changes.Of(0, payload.Length);
                _verdict.MaskText(masked);
                read = masked;
            }

            batches.TakeBack(before);
            before = place.Mark();
            rows = _reports.Add(capture, read, tags, place);
            batch = place.Since(before, out first);
            changes.Apply(isStored: true);
        }

        for (int row = first; row < batch.Count; row++)
            _verdict.Mark(batch, row);
        return rows;
    }

    /// <summary>A few octets tell for most messages that they say nothing of media.</summary>
    static bool MayReport(in SipMessage message) => message.CSeqMethod switch
    {
        [(byte)'B', (byte)'Y', (byte)'E'] => true,
        [(byte)'P', (byte)'U', (byte)'B' or (byte)'R', ..] or [(byte)'M', ..] or [(byte)'N', (byte)'O', ..] => !message.Body.IsEmpty,
        _ => false,
    };

    static CapturedMessage Captured(in CaptureRow capture, in SipMessage sip, int size, int index, ReadOnlySpan<byte[]> labels, string? space) => new()
    {
        Sip = sip,
        Size = size,
        Labels = labels,
        Namespace = space,
        Time = capture.TimeOf(index),
        Position = capture.Position + index,
        CaptureAgentId = capture.Packet.CaptureAgentId,
        AgentName = capture.AgentName,
        CorrelationId = capture.Packet.CorrelationId,
        Transport = capture.Packet.Transport,
        SourceAddress = capture.Packet.SourceAddress,
        DestinationAddress = capture.Packet.DestinationAddress,
        SourcePort = capture.Packet.SourcePort,
        DestinationPort = capture.Packet.DestinationPort,
    };

    /// <returns>No row.</returns>
    int Drop(DropReason reason, bool isFirstTime)
    {
        if (isFirstTime)
            meter.Drop(reason);
        return 0;
    }
}
