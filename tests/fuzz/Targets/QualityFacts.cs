using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Quality reports as facts; a value that cannot be in the unit of its name is a crash.</summary>
static class QualityFacts
{
    internal static Facts Of(IReadOnlyList<StreamQuality> reports, int all)
    {
        Facts facts = new Facts().Add("reports", all);
        foreach (StreamQuality report in reports)
        {
            Check(report);
            facts.Add("kind", report.Kind.ToString()).Add("reporter", report.ReporterSsrc).Add("stream", report.StreamSsrc).Add("call-id", report.CallId)
                .Add("source", $"{report.StreamSource}:{report.StreamSourcePort}").Add("destination", $"{report.StreamDestination}:{report.StreamDestinationPort}")
                .Add("mos", report.Mos).Add("listening", report.MosListening).Add("conversational", report.MosConversational).Add("minimum", report.MosMinimum)
                .Add("r", report.RFactor).Add("jitter units", report.JitterUnits).Add("jitter", report.JitterMs).Add("jitter maximum", report.JitterMaximumMs)
                .Add("loss", report.LossPercent).Add("lost", report.Lost).Add("packets", report.Packets).Add("octets", report.Octets).Add("expected", report.Expected)
                .Add("highest", report.HighestSequence).Add("sent", report.SentPackets).Add("sent octets", report.SentOctets).Add("discard", report.DiscardPercent)
                .Add("burst loss", report.BurstLossPercent).Add("gap loss", report.GapLossPercent).Add("burst", report.BurstMs).Add("gap", report.GapMs)
                .Add("round trip", report.RoundTripMs).Add("end system", report.EndSystemDelayMs).Add("one way", report.OneWayDelayMs)
                .Add("signal", report.SignalDbm).Add("noise", report.NoiseDbm).Add("echo", report.EchoReturnLossDb)
                .Add("buffer", report.JitterBufferMs).Add("buffer maximum", report.JitterBufferMaximumMs).Add("codec", report.Codec)
                .Add("type", report.PayloadType).Add("clock", report.ClockRate).Add("name", report.Reporter).Add("direction", report.Direction).Add("event", report.Event)
                .Add("start", report.Start?.Nanoseconds).Add("end", report.End?.Nanoseconds)
                .Add("ntp", report.SenderNtp).Add("last", report.LastSenderNtp).Add("since", report.SinceLastSender);
        }

        return facts;
    }

    static void Check(StreamQuality report)
    {
        Within("mos", report.Mos, 1, 5);
        Within("listening", report.MosListening, 1, 5);
        Within("conversational", report.MosConversational, 1, 5);
        Within("minimum", report.MosMinimum, 1, 5);
        Within("r", report.RFactor, 0, 120);
        foreach ((string name, double? percent) in (ReadOnlySpan<(string, double?)>)
            [("loss", report.LossPercent), ("discard", report.DiscardPercent), ("burst loss", report.BurstLossPercent), ("gap loss", report.GapLossPercent)])
            Within(name, percent, 0, 100);
        foreach ((string name, double? time) in (ReadOnlySpan<(string, double?)>)
        [
            ("jitter", report.JitterMs), ("jitter maximum", report.JitterMaximumMs), ("jitter units", report.JitterUnits), ("burst", report.BurstMs), ("gap", report.GapMs),
            ("round trip", report.RoundTripMs), ("end system", report.EndSystemDelayMs), ("one way", report.OneWayDelayMs), ("buffer", report.JitterBufferMs),
            ("buffer maximum", report.JitterBufferMaximumMs), ("packets", report.Packets), ("octets", report.Octets), ("expected", report.Expected),
            ("sent", report.SentPackets), ("sent octets", report.SentOctets), ("highest", report.HighestSequence),
        ])
            Within(name, time, 0, double.MaxValue);
        Within("type", report.PayloadType, 0, 127);
        Within("clock", report.ClockRate, 1, 1_000_000);
    }

    static void Within(string name, double? value, double least, double most)
    {
        if (value is { } number && !(number >= least && number <= most))
            throw new InvalidOperationException($"{name} is {number}, beyond {least} to {most}.");
    }
}
