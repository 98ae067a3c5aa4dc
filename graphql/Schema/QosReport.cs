using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>What one report says of one media stream. What it does not say is null.</summary>
public sealed class QosReport : Captured
{
    readonly Document _document;

    internal QosReport(Document document)
        : base(document) => _document = document;

    [FromCatalogue("message")]
    public string Text => _document.Text(Fields.Text) ?? "";

    [FromCatalogue("qos.report")]
    public string? Report => _document.Text(Fields.QosReport);

    [FromCatalogue("qos.reporter")]
    public string? Reporter => _document.Text(Fields.QosReporter);

    [FromCatalogue("qos.direction")]
    public string? Direction => _document.Text(Fields.QosDirection);

    [FromCatalogue("qos.ssrc")]
    public long? Ssrc => _document.Integer(Fields.QosSsrc);

    /// <summary>Sender of the measured stream, when the report names it.</summary>
    public Endpoint StreamSource => new(_document.Address(Fields.QosStreamSourceIp), _document.Integer(Fields.QosStreamSourcePort));

    /// <summary>Receiver of the measured stream, when the report names it.</summary>
    public Endpoint StreamDestination => new(_document.Address(Fields.QosStreamDestinationIp), _document.Integer(Fields.QosStreamDestinationPort));

    [FromCatalogue("qos.codec")]
    public string? Codec => _document.Text(Fields.QosCodec);

    [FromCatalogue("qos.mos")]
    public double? Mos => _document.Decimal(Fields.Mos);

    [FromCatalogue("qos.r_factor")]
    public double? RFactor => _document.Decimal(Fields.RFactor);

    [FromCatalogue("qos.jitter_ms")]
    public double? JitterMs => _document.Decimal(Fields.JitterMs);

    [FromCatalogue("qos.jitter_units")]
    public long? JitterUnits => _document.Integer(Fields.JitterUnits);

    [FromCatalogue("qos.loss_pct")]
    public double? LossPercent => _document.Decimal(Fields.LossPercent);

    [FromCatalogue("qos.lost_packets")]
    public long? LostPackets => _document.Integer(Fields.LostPackets);

    [FromCatalogue("qos.packets")]
    public long? Packets => _document.Integer(Fields.Packets);

    [FromCatalogue("qos.rtt_ms")]
    public double? RoundTripMs => _document.Decimal(Fields.RoundTripMs);
}
