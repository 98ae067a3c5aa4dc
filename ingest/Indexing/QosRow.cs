using System.Net;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Qos;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Which field of a <c>qos</c> document comes from where in a report.</summary>
static class QosRow
{
    /// <summary>Values of <c>qos.report</c> by kind.</summary>
    static readonly string[] Kinds = [.. Enum.GetNames<QualityKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    public static void Set(DocumentBatch batch, int row, StreamQuality report)
    {
        batch.Set(row, Fields.QosReport, Kinds[(int)report.Kind]);
        SetText(batch, row, Fields.CallId, report.CallId);
        SetText(batch, row, Fields.QosReporter, report.Reporter);
        SetText(batch, row, Fields.QosDirection, report.Direction);
        SetText(batch, row, Fields.QosEvent, report.Event);
        SetText(batch, row, Fields.QosCodec, report.Codec);
        SetWhole(batch, row, Fields.QosReporterSsrc, report.ReporterSsrc);
        SetWhole(batch, row, Fields.QosSsrc, report.StreamSsrc);
        SetWhole(batch, row, Fields.QosPayloadType, report.PayloadType);
        SetWhole(batch, row, Fields.QosClockRate, report.ClockRate);
        SetEnd(batch, row, Fields.QosStreamSourceIp, Fields.QosStreamSourcePort, report.StreamSource, report.StreamSourcePort);
        SetEnd(batch, row, Fields.QosStreamDestinationIp, Fields.QosStreamDestinationPort, report.StreamDestination, report.StreamDestinationPort);
        SetTime(batch, row, Fields.QosStart, report.Start);
        SetTime(batch, row, Fields.QosEnd, report.End);
        SetScores(batch, row, report);
        SetPackets(batch, row, report);
        SetDelays(batch, row, report);
    }

    static void SetScores(DocumentBatch batch, int row, StreamQuality report)
    {
        SetDecimal(batch, row, Fields.Mos, report.Mos);
        SetDecimal(batch, row, Fields.MosListening, report.MosListening);
        SetDecimal(batch, row, Fields.MosConversational, report.MosConversational);
        SetDecimal(batch, row, Fields.MosMinimum, report.MosMinimum);
        SetDecimal(batch, row, Fields.RFactor, report.RFactor);
        SetDecimal(batch, row, Fields.SignalDbm, report.SignalDbm);
        SetDecimal(batch, row, Fields.NoiseDbm, report.NoiseDbm);
        SetDecimal(batch, row, Fields.EchoReturnLossDb, report.EchoReturnLossDb);
    }

    static void SetPackets(DocumentBatch batch, int row, StreamQuality report)
    {
        SetDecimal(batch, row, Fields.LossPercent, report.LossPercent);
        SetWhole(batch, row, Fields.LostPackets, report.Lost);
        SetWhole(batch, row, Fields.Packets, report.Packets);
        SetWhole(batch, row, Fields.Octets, report.Octets);
        SetWhole(batch, row, Fields.ExpectedPackets, report.Expected);
        SetWhole(batch, row, Fields.HighestSequence, report.HighestSequence);
        SetWhole(batch, row, Fields.SentPackets, report.SentPackets);
        SetWhole(batch, row, Fields.SentOctets, report.SentOctets);
        SetDecimal(batch, row, Fields.DiscardPercent, report.DiscardPercent);
        SetDecimal(batch, row, Fields.BurstLossPercent, report.BurstLossPercent);
        SetDecimal(batch, row, Fields.GapLossPercent, report.GapLossPercent);
    }

    static void SetDelays(DocumentBatch batch, int row, StreamQuality report)
    {
        SetDecimal(batch, row, Fields.JitterMs, report.JitterMs);
        SetDecimal(batch, row, Fields.JitterMaximumMs, report.JitterMaximumMs);
        SetWhole(batch, row, Fields.JitterUnits, report.JitterUnits);
        SetDecimal(batch, row, Fields.BurstMs, report.BurstMs);
        SetDecimal(batch, row, Fields.GapMs, report.GapMs);
        SetDecimal(batch, row, Fields.RoundTripMs, report.RoundTripMs);
        SetDecimal(batch, row, Fields.EndSystemDelayMs, report.EndSystemDelayMs);
        SetDecimal(batch, row, Fields.OneWayDelayMs, report.OneWayDelayMs);
        SetDecimal(batch, row, Fields.JitterBufferMs, report.JitterBufferMs);
        SetDecimal(batch, row, Fields.JitterBufferMaximumMs, report.JitterBufferMaximumMs);
    }

    static void SetText(DocumentBatch batch, int row, Field field, string? value)
    {
        if (value is not null)
            batch.Set(row, field, value);
    }

    static void SetWhole(DocumentBatch batch, int row, Field field, long? value)
    {
        if (value is { } number)
            batch.Set(row, field, number);
    }

    static void SetDecimal(DocumentBatch batch, int row, Field field, double? value)
    {
        if (value is { } number)
            batch.Set(row, field, number);
    }

    static void SetTime(DocumentBatch batch, int row, Field field, Instant? value)
    {
        if (value is { } time)
            batch.Set(row, field, time);
    }

    static void SetEnd(DocumentBatch batch, int row, Field ip, Field port, IPAddress? address, int? number)
    {
        if (address is not null)
            batch.Set(row, ip, address.GetAddressBytes());
        SetWhole(batch, row, port, number);
    }
}
