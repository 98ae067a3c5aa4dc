using static Homer.Search.Store.DocumentKind;
using static Homer.Search.Store.FieldType;

namespace Homer.Search.Store;

/// <summary>
/// The rows of the catalogue. Names are those of ECS and Packetbeat where they exist; <c>call.*</c>, <c>qos.*</c> and <c>homer.*</c> are ours.
/// </summary>
public static class Fields
{
    static readonly List<Field> Rows = [];
    static readonly int[] ColumnCounts = new int[Catalogue.KindCount];
    static readonly DocumentKind[] Every = [DocumentKind.Sip, Log, Qos, Call];
    static readonly DocumentKind[] Captured = [DocumentKind.Sip, Log, Qos];
    static readonly DocumentKind[] Message = [DocumentKind.Sip];
    static readonly DocumentKind[] MessageOrCall = [DocumentKind.Sip, Call];
    static readonly DocumentKind[] CallOnly = [Call];

    // Where and when it was captured.
    public static readonly Field Timestamp = Row("@timestamp", Instant, Every, "Capture time of the message; of a call, its first message.", aliases: ["time", "timestamp", "create_date"]);
    public static readonly Field Ingested = Row("event.ingested", Instant, Every, "When this server received it; of a call, when its summary was last written for new messages.");
    public static readonly Field CaptureTime = Row("homer.capture_time", Instant, Captured, "The capture time as the agent sent it, kept when it could not be true and was replaced by the arrival time.");
    public static readonly Field Sequence = Row("event.sequence", Integer, Captured, "Where the record stands in its journal; orders what has the same capture time.");
    public static readonly Field JournalId = Row("homer.journal", Keyword, Captured, "The journal that took the record, by its identifier.");
    public static readonly Field Peer = Row("homer.peer", Ip, Captured, "Address that sent the HEP packet.", aliases: ["peer"]);
    public static readonly Field CaptureId = Row("homer.capture_id", Integer, Every, "Capture agent id (HEP chunk 0x0c).", aliases: ["agent", "capture_id", "captureId", "protocol_header.captureId"]);
    public static readonly Field AgentName = Row("observer.name", Keyword, Every, "Capture agent name (HEP chunk 0x13), else its id.", aliases: ["node", "agent_name"]);
    public static readonly Field CorrelationId = Row("homer.correlation_id", Keyword, Captured, "Correlation id given by the agent (HEP chunk 0x11).", aliases: ["correlation_id", "protocol_header.correlation_id"]);
    public static readonly Field HepVersion = Row("homer.hep_version", Integer, Captured, "Version of the HEP packet: 1, 2 or 3.");
    public static readonly Field Tags = Row("tags", Keyword, Every, "Marks set on the way in, e.g. `not-sip`, `truncated`, `bad-time`; of a call, `summary-truncated`, `summary-restarted`.", many: true, aliases: ["tag"]);

    // Between whom.
    public static readonly Field SourceIp = Row("source.ip", Ip, Every, "Address that sent the message; of a call, the caller's side.", aliases: ["src", "src_ip", "source_ip", "srcIp", "protocol_header.srcIp"]);
    public static readonly Field SourcePort = Row("source.port", Integer, Every, "Port that sent the message.", aliases: ["src_port", "source_port", "srcPort", "protocol_header.srcPort"]);
    public static readonly Field DestinationIp = Row("destination.ip", Ip, Every, "Address the message was sent to.", aliases: ["dst", "dst_ip", "destination_ip", "dstIp", "protocol_header.dstIp"]);
    public static readonly Field DestinationPort = Row("destination.port", Integer, Every, "Port the message was sent to.", aliases: ["dst_port", "destination_port", "dstPort", "protocol_header.dstPort"]);
    public static readonly Field RelatedIp = Row("related.ip", Ip, Every, "Source or destination address.", many: true, aliases: ["ip"], unionOf: [SourceIp, DestinationIp]);
    public static readonly Field SourceAlias = Row("source.alias", Keyword, Every, "What `aliases.yaml` calls the source; of a call, the caller's side.", aliases: ["src_alias", "aliasSrc"]);
    public static readonly Field DestinationAlias = Row("destination.alias", Keyword, Every, "What `aliases.yaml` calls the destination.", aliases: ["dst_alias", "aliasDst"]);
    public static readonly Field RelatedAlias = Row("related.alias", Keyword, Every, "Alias of source or destination.", many: true, aliases: ["alias"], unionOf: [SourceAlias, DestinationAlias]);
    public static readonly Field SourceCountry = Row("source.geo.country_iso_code", Keyword, Every, "Country of the source address, in two letters (ISO 3166-1), from the files of `geoip`.", aliases: ["src_country"]);
    public static readonly Field SourceAsNumber = Row("source.as.number", Integer, Every, "Autonomous system of the source address.", aliases: ["src_asn"]);
    public static readonly Field SourceAsName = Row("source.as.organization.name", Keyword, Every, "Who runs that autonomous system.");
    public static readonly Field DestinationCountry = Row("destination.geo.country_iso_code", Keyword, Every, "Country of the destination address.", aliases: ["dst_country"]);
    public static readonly Field DestinationAsNumber = Row("destination.as.number", Integer, Every, "Autonomous system of the destination address.", aliases: ["dst_asn"]);
    public static readonly Field DestinationAsName = Row("destination.as.organization.name", Keyword, Every, "Who runs that autonomous system.");
    public static readonly Field NetworkTransport = Row("network.transport", Keyword, Every, "udp, tcp, tls or sctp.", aliases: ["transport", "proto"]);
    public static readonly Field NetworkProtocol = Row("network.protocol", Keyword, Captured, "What was captured: sip, rtcp, log, cdr, dns and so on, or `hep-N` for another HEP protocol type.", aliases: ["protocol"]);
    public static readonly Field Carrier = Row("network.carrier.name", Keyword, Every, "Carrier or trunk, as the capture plan says; of a call, all it went over.", many: true, aliases: ["carrier"]);
    public static readonly Field VlanId = Row("network.vlan.id", Integer, Captured, "VLAN it was captured on (HEP chunk 0x12).", aliases: ["vlan"]);
    public static readonly Field HepVendor = Row("hep.vendor", FieldType.Object, Captured, "HEP chunks that have no field of their own, as `hep.vendor.<vendor>.<type>` in decimal; what is no text in hex digits.");

    // The SIP message (RFC 3261).
    public static readonly Field SipType = Row("sip.type", Keyword, Message, "request or response.");
    public static readonly Field Method = Row("sip.method", Keyword, Message, "Method of a request.", aliases: ["method", "data_header.method"]);
    public static readonly Field Code = Row("sip.code", Integer, MessageOrCall, "Status code of a response; of a call, its final code.", aliases: ["status", "code", "final_code"]);
    public static readonly Field ReasonPhrase = Row("sip.status", Keyword, MessageOrCall, "Reason phrase of a response.", aliases: ["reason_phrase"]);
    public static readonly Field ResponseClass = Row("sip.response.class", Keyword, MessageOrCall, "1xx to 6xx.", aliases: ["class"]);
    public static readonly Field CallId = Row("sip.call_id", Keyword, Every, "Call-ID, byte for byte; of a log line or report, the call it belongs to.", aliases: ["callid", "call_id", "sid", "data_header.callid"]);
    public static readonly Field UriUser = Row("sip.uri.username", Keyword, MessageOrCall, "User of the request URI; of a call, of the first INVITE.", aliases: ["ruri", "ruri_user", "request_user", "data_header.ruri_user"]);
    public static readonly Field UriHost = Row("sip.uri.host", Keyword, Message, "Host of the request URI.", aliases: ["ruri_domain", "data_header.ruri_domain"]);
    public static readonly Field Uri = Row("sip.uri.original", Keyword, Message, "The whole request URI.");
    public static readonly Field FromUser = Row("sip.from.uri.username", Keyword, MessageOrCall, "User of From.", aliases: ["from", "sip.from.user", "from_user", "data_header.from_user"]);
    public static readonly Field FromHost = Row("sip.from.uri.host", Keyword, MessageOrCall, "Host of From.", aliases: ["sip.from.host", "from_domain", "data_header.from_domain"]);
    public static readonly Field FromDisplay = Row("sip.from.display_info", Keyword, Message, "Display name of From.");
    public static readonly Field FromTag = Row("sip.from.tag", Keyword, Message, "Tag of From.", aliases: ["from_tag", "data_header.from_tag"]);
    public static readonly Field ToUser = Row("sip.to.uri.username", Keyword, MessageOrCall, "User of To.", aliases: ["to", "sip.to.user", "to_user", "data_header.to_user"]);
    public static readonly Field ToHost = Row("sip.to.uri.host", Keyword, MessageOrCall, "Host of To.", aliases: ["sip.to.host", "to_domain", "data_header.to_domain"]);
    public static readonly Field ToDisplay = Row("sip.to.display_info", Keyword, Message, "Display name of To.");
    public static readonly Field ToTag = Row("sip.to.tag", Keyword, Message, "Tag of To.", aliases: ["to_tag", "data_header.to_tag"]);
    public static readonly Field FromNumber = Row("sip.from.e164", Keyword, MessageOrCall, "User of From as an international number (E.164), read as `numbers.yaml` says; absent when it is none.", aliases: ["from_number"]);
    public static readonly Field FromCountry = Row("sip.from.country", Keyword, MessageOrCall, "Country of that number, in two letters (ISO 3166-1).", aliases: ["from_country"]);
    public static readonly Field ToNumber = Row("sip.to.e164", Keyword, MessageOrCall, "User of To as an international number.", aliases: ["to_number"]);
    public static readonly Field ToCountry = Row("sip.to.country", Keyword, MessageOrCall, "Country of that number.", aliases: ["to_country"]);
    public static readonly Field PaiUser = Row("sip.pai.uri.username", Keyword, MessageOrCall, "User of P-Asserted-Identity, else P-Preferred-Identity, else Remote-Party-ID.", aliases: ["pai", "pid_user", "data_header.pid_user"]);
    public static readonly Field PaiHost = Row("sip.pai.uri.host", Keyword, Message, "Host of the same.");
    public static readonly Field DiversionUser = Row("sip.diversion.uri.username", Keyword, MessageOrCall, "User of Diversion (RFC 5806).", aliases: ["diversion"]);
    public static readonly Field DiversionHost = Row("sip.diversion.uri.host", Keyword, Message, "Host of Diversion.");
    public static readonly Field ContactUser = Row("sip.contact.uri.username", Keyword, Message, "User of the first Contact.", aliases: ["contact", "contact_user", "data_header.contact_user"]);
    public static readonly Field ContactHost = Row("sip.contact.uri.host", Keyword, Message, "Host of the first Contact.", aliases: ["contact_domain"]);
    public static readonly Field CSeqNumber = Row("sip.cseq.number", Integer, Message, "Number of CSeq.", aliases: ["cseq", "data_header.cseq"]);
    public static readonly Field CSeqMethod = Row("sip.cseq.method", Keyword, Message, "Method of CSeq, on requests and responses.", aliases: ["cseq_method"]);
    public static readonly Field ViaBranch = Row("sip.via.branch", Keyword, Message, "Branch of the topmost Via.", aliases: ["branch", "via_branch"]);
    public static readonly Field ViaCount = Row("sip.via.count", Integer, Message, "How many Via values the message has.");
    public static readonly Field UserAgent = Row("user_agent.original", Keyword, MessageOrCall, "User-Agent, else Server; of a call, the caller's.", aliases: ["ua", "user_agent", "useragent", "data_header.user_agent"]);
    public static readonly Field AuthUser = Row("user.name", Keyword, Message, "User name of the credentials.", aliases: ["auth_user", "data_header.auth_user"]);
    public static readonly Field AuthRealm = Row("sip.auth.realm", Keyword, Message, "Realm of the challenge or the credentials.", aliases: ["realm"]);
    public static readonly Field AuthScheme = Row("sip.auth.scheme", Keyword, Message, "Scheme of the challenge or the credentials, e.g. Digest.");
    public static readonly Field ReasonCause = Row("sip.reason.cause", Integer, MessageOrCall, "Cause of the Reason header (RFC 3326); Q.850 before SIP.", aliases: ["cause"]);
    public static readonly Field ReasonProtocol = Row("sip.reason.protocol", Keyword, MessageOrCall, "Protocol of the Reason header: Q.850 or SIP.");
    public static readonly Field ReasonText = Row("sip.reason.text", Keyword, MessageOrCall, "Text of the Reason header.", aliases: ["reason"]);
    public static readonly Field Expires = Row("sip.expires", Integer, Message, "Expires header.", unit: "s");
    public static readonly Field ContactExpires = Row("sip.contact.expires", Integer, Message, "expires parameter of the first Contact.", unit: "s");
    public static readonly Field MaxForwards = Row("sip.max_forwards", Integer, Message, "Max-Forwards header.");
    public static readonly Field ContentType = Row("sip.content_type", Keyword, Message, "Content-Type header, without parameters.");
    public static readonly Field MessageSize = Row("sip.message_size", Integer, Message, "Length of the SIP message.", unit: "bytes", aliases: ["size"]);
    public static readonly Field Attestation = Row("sip.identity.attest", Keyword, Message, "Attestation of the Identity header (RFC 8588): A, B or C, decoded and not verified.", aliases: ["attest"]);
    public static readonly Field SdpAddress = Row("sip.sdp.connection.address", Ip, Message, "Media address of the first active media line.");
    public static readonly Field SdpPort = Row("sip.sdp.media.port", Integer, Message, "Media port of the first active media line.");
    public static readonly Field Codecs = Row("sip.sdp.codecs", Keyword, MessageOrCall, "Codecs offered or answered, in order.", many: true, aliases: ["codec", "codecs"]);
    public static readonly Field SdpDirection = Row("sip.sdp.direction", Keyword, Message, "sendrecv, sendonly, recvonly or inactive.");
    public static readonly Field Headers = Row("sip.headers", FieldType.Object, Message, "Headers that have no field of their own: extension headers (`X-…`) and correlation headers.", aliases: ["header"]);
    public static readonly Field RelatedUser = Row("related.user", Keyword, MessageOrCall, "Every number or user of the message: request URI, From, To, P-Asserted-Identity, Diversion, Contact.", many: true, aliases: ["number", "user"], unionOf: [UriUser, FromUser, ToUser, PaiUser, DiversionUser, ContactUser]);

    // A payload that is not SIP.
    public static readonly Field Text = Row("message", FieldType.Text, [Log, Qos], "The payload as text.", aliases: ["text", "raw"]);
    public static readonly Field LogLevel = Row("log.level", Keyword, [Log], "How much a line of this program's own log matters: debug, information, warning, error or fatal.", aliases: ["level"]);
    public static readonly Field LogLogger = Row("log.logger", Keyword, [Log], "The part of this program that wrote the line.", aliases: ["logger"]);
    public static readonly Field PayloadValues = Row("payload", FieldType.Object, [Log, Qos], "Names and values of a payload that is JSON: nested names are joined by dots, of one name the first value counts.", aliases: ["json"]);

    // What a report says of one media stream. What it does not say is absent, and never 0.
    public static readonly Field QosReport = Row("qos.report", Keyword, [Qos], "What kind of report: sender-report, receiver-report, extended-report (RTCP), rtp-report, media-session, vq-session, vq-interval, vq-alert (RFC 6035), rtp-stat (header of a BYE), score (HEP chunk 0x20), other-rtcp.", aliases: ["report"]);
    public static readonly Field QosReporter = Row("qos.reporter", Keyword, [Qos], "Who reports: CNAME of RTCP, LocalID of RFC 6035, or what the agent calls it.");
    public static readonly Field QosReporterSsrc = Row("qos.reporter_ssrc", Integer, [Qos], "SSRC of who reports.");
    public static readonly Field QosSsrc = Row("qos.ssrc", Integer, [Qos], "SSRC of the stream that is measured.", aliases: ["ssrc"]);
    public static readonly Field QosStreamSourceIp = Row("qos.stream.source.ip", Ip, [Qos], "Sender of the measured stream.");
    public static readonly Field QosStreamSourcePort = Row("qos.stream.source.port", Integer, [Qos], "Port that the measured stream comes from.");
    public static readonly Field QosStreamDestinationIp = Row("qos.stream.destination.ip", Ip, [Qos], "Receiver of the measured stream.");
    public static readonly Field QosStreamDestinationPort = Row("qos.stream.destination.port", Integer, [Qos], "Port that the measured stream goes to.");
    public static readonly Field QosDirection = Row("qos.direction", Keyword, [Qos], "Which way the stream goes as seen by who reports: received, sent, or as the agent says.");
    public static readonly Field QosEvent = Row("qos.event", Keyword, [Qos], "What made it report: bye, PERIODIC, HANGUP, CallTerm, an alert.");
    public static readonly Field Mos = Row("qos.mos", FieldType.Decimal, [Qos], "Mean opinion score, 1 to 5: of conversation, else of listening, else as the agent says.", aliases: ["mos"]);
    public static readonly Field MosListening = Row("qos.mos_lq", FieldType.Decimal, [Qos], "Mean opinion score of listening (MOS-LQ).");
    public static readonly Field MosConversational = Row("qos.mos_cq", FieldType.Decimal, [Qos], "Mean opinion score of conversation (MOS-CQ).");
    public static readonly Field MosMinimum = Row("qos.mos_min", FieldType.Decimal, [Qos], "Lowest mean opinion score of the time reported.");
    public static readonly Field RFactor = Row("qos.r_factor", FieldType.Decimal, [Qos], "Transmission rating, 0 to 100, wide-band to 120 (ITU-T G.107).", aliases: ["r_factor", "rfactor"]);
    public static readonly Field JitterMs = Row("qos.jitter_ms", FieldType.Decimal, [Qos], "Interarrival jitter; absent when the clock rate of the codec is not known.", unit: "ms", aliases: ["jitter"]);
    public static readonly Field JitterMaximumMs = Row("qos.jitter_max_ms", FieldType.Decimal, [Qos], "Greatest jitter of the time reported.", unit: "ms");
    public static readonly Field JitterUnits = Row("qos.jitter_units", Integer, [Qos], "Interarrival jitter in timestamp units, as RTCP says it.");
    public static readonly Field LossPercent = Row("qos.loss_pct", FieldType.Decimal, [Qos], "Packets lost of those expected: of RTCP since the report before, else over the time reported.", unit: "%", aliases: ["loss"]);
    public static readonly Field LostPackets = Row("qos.lost_packets", Integer, [Qos], "Packets lost since the start; below zero when duplicates came.");
    public static readonly Field Packets = Row("qos.packets", Integer, [Qos], "Packets received of the stream.");
    public static readonly Field Octets = Row("qos.octets", Integer, [Qos], "Octets received of the stream.", unit: "bytes");
    public static readonly Field ExpectedPackets = Row("qos.expected_packets", Integer, [Qos], "Packets that should have come.");
    public static readonly Field HighestSequence = Row("qos.highest_sequence", Integer, [Qos], "Extended highest sequence number received.");
    public static readonly Field SentPackets = Row("qos.sent_packets", Integer, [Qos], "Packets that who reports has sent itself.");
    public static readonly Field SentOctets = Row("qos.sent_octets", Integer, [Qos], "Octets that who reports has sent itself.", unit: "bytes");
    public static readonly Field DiscardPercent = Row("qos.discard_pct", FieldType.Decimal, [Qos], "Packets the jitter buffer threw away.", unit: "%");
    public static readonly Field BurstLossPercent = Row("qos.burst_loss_pct", FieldType.Decimal, [Qos], "Lost or thrown away within bursts.", unit: "%");
    public static readonly Field GapLossPercent = Row("qos.gap_loss_pct", FieldType.Decimal, [Qos], "Lost or thrown away between bursts.", unit: "%");
    public static readonly Field BurstMs = Row("qos.burst_ms", FieldType.Decimal, [Qos], "Mean length of a burst.", unit: "ms");
    public static readonly Field GapMs = Row("qos.gap_ms", FieldType.Decimal, [Qos], "Mean length of a gap.", unit: "ms");
    public static readonly Field RoundTripMs = Row("qos.rtt_ms", FieldType.Decimal, [Qos], "Round trip: as the report says it, else between the capture agent and the receiver, from two RTCP reports.", unit: "ms", aliases: ["rtt"]);
    public static readonly Field EndSystemDelayMs = Row("qos.end_system_delay_ms", FieldType.Decimal, [Qos], "Delay within the end system.", unit: "ms");
    public static readonly Field OneWayDelayMs = Row("qos.one_way_delay_ms", FieldType.Decimal, [Qos], "Delay one way.", unit: "ms");
    public static readonly Field SignalDbm = Row("qos.signal_dbm", FieldType.Decimal, [Qos], "Signal level.", unit: "dBm0");
    public static readonly Field NoiseDbm = Row("qos.noise_dbm", FieldType.Decimal, [Qos], "Noise level.", unit: "dBm0");
    public static readonly Field EchoReturnLossDb = Row("qos.echo_return_loss_db", FieldType.Decimal, [Qos], "Residual echo return loss.", unit: "dB");
    public static readonly Field JitterBufferMs = Row("qos.jitter_buffer_ms", FieldType.Decimal, [Qos], "Nominal delay of the jitter buffer.", unit: "ms");
    public static readonly Field JitterBufferMaximumMs = Row("qos.jitter_buffer_max_ms", FieldType.Decimal, [Qos], "Greatest delay of the jitter buffer.", unit: "ms");
    public static readonly Field QosCodec = Row("qos.codec", Keyword, [Qos], "Codec of the stream, as the report says it.");
    public static readonly Field QosPayloadType = Row("qos.payload_type", Integer, [Qos], "RTP payload type.");
    public static readonly Field QosClockRate = Row("qos.clock_rate", Integer, [Qos], "Clock rate of the codec.", unit: "Hz");
    public static readonly Field QosStart = Row("qos.start", Instant, [Qos], "When the time reported began, by the clock of who reports.");
    public static readonly Field QosEnd = Row("qos.end", Instant, [Qos], "When it ended.");

    // The summary of a call.
    public static readonly Field EventStart = Row("event.start", Instant, CallOnly, "First message.");
    public static readonly Field EventEnd = Row("event.end", Instant, CallOnly, "Last message.");
    public static readonly Field CallMethod = Row("call.method", Keyword, CallOnly, "Method that began it: INVITE for a call, else REGISTER, OPTIONS, SUBSCRIBE …", aliases: ["call_method"]);
    public static readonly Field CallState = Row("call.state", Keyword, CallOnly, "Where the call stands.", aliases: ["state"]);
    public static readonly Field CallOutcome = Row("call.outcome", Keyword, CallOnly, "How the attempt ended.", aliases: ["outcome"]);
    public static readonly Field Caller = Row("call.caller", Keyword, CallOnly, "A number: P-Asserted-Identity, else From.", aliases: ["caller"]);
    public static readonly Field Callee = Row("call.callee", Keyword, CallOnly, "B number: request URI, else To.", aliases: ["callee"]);
    public static readonly Field AnsweredAt = Row("call.answered_at", Instant, CallOnly, "First 2xx to the INVITE.", aliases: ["answered"]);
    public static readonly Field EndedAt = Row("call.ended_at", Instant, CallOnly, "When it was released or failed.", aliases: ["ended"]);
    public static readonly Field RingDelayMs = Row("call.ring_delay_ms", Integer, CallOnly, "INVITE to the first ringing or progress, else to the answer (SRD, RFC 6076 §4.3); absent when it neither rang nor was answered.", unit: "ms", aliases: ["ring_delay", "pdd", "srd"]);
    public static readonly Field ResponseDelayMs = Row("call.response_delay_ms", Integer, CallOnly, "INVITE to the first ringing or progress, else to the final answer, whatever it is.", unit: "ms");
    public static readonly Field SetupMs = Row("call.setup_ms", Integer, CallOnly, "INVITE to the final answer.", unit: "ms", aliases: ["setup"]);
    public static readonly Field DurationMs = Row("call.duration_ms", Integer, CallOnly, "Answer to BYE (SDT, RFC 6076 §4.5).", unit: "ms", aliases: ["duration"]);
    public static readonly Field HoldingMs = Row("call.holding_ms", Integer, CallOnly, "INVITE to BYE or to the refusal; without a final answer, to when it times out; absent while an answered call goes on.", unit: "ms", aliases: ["holding"]);
    public static readonly Field TimesOutAt = Row("call.times_out_at", Instant, CallOnly, "When a call without a final answer is given up if nothing follows: 32 s after its first message, 3 minutes once it rings.");
    public static readonly Field DisconnectDelayMs = Row("call.disconnect_delay_ms", Integer, CallOnly, "BYE to its answer (SDD, RFC 6076 §4.4).", unit: "ms", aliases: ["sdd"]);
    public static readonly Field ReleasedBy = Row("call.released_by", Keyword, CallOnly, "caller, callee or network.", aliases: ["released_by"]);
    public static readonly Field AttemptCount = Row("call.invites", Integer, CallOnly, "Requests of its method that began it at the caller's hop, challenges and redirects included.");
    public static readonly Field RedirectCount = Row("call.redirects", Integer, CallOnly, "Those of them that were answered by a 3xx; absent when none was.");
    public static readonly Field MessageCount = Row("call.messages", Integer, CallOnly, "Messages captured, on every hop.", aliases: ["messages"]);
    public static readonly Field RetransmissionCount = Row("call.retransmissions", Integer, CallOnly, "Messages that were sent again.", aliases: ["retransmissions"]);
    public static readonly Field SessionId = Row("session.id", Keyword, CallOnly, "The session this call is a leg of: the Call-ID of the leg that began first, its own until a job has found others; cut to 255 octets.", aliases: ["session"]);
    public static readonly Field IsFirstLeg = Row("session.first_leg", FieldType.Boolean, CallOnly, "Whether the session bears the Call-ID of this call: true of one leg of each session, and of every call alone.", aliases: ["first_leg"]);
    public static readonly Field Identifiers = Row("call.identifiers", Keyword, CallOnly, "Typed identifiers that tie legs together beside the Call-ID, as `type=value`.", many: true);
    public static readonly Field Finding = Row("call.finding", Keyword, CallOnly, "What went wrong or deserves a look, by the names in docs/findings.md.", many: true, aliases: ["finding", "findings"]);
    public static readonly Field FindingWhenSilent = Row("call.finding_when_silent", Keyword, CallOnly, "What will be a finding if nothing follows: 32 s after the last message, 3 minutes once it rings; a search for `call.finding` counts it then.", many: true);
    public static readonly Field Summary = Row("call.summary", Binary, CallOnly, "The mergeable facts the summary was computed from.", storedOnly: true);

    /// <summary>Every row, in order.</summary>
    internal static IReadOnlyList<Field> All => Rows;

    static Field Row(
        string name, FieldType type, DocumentKind[] kinds, string description, string? unit = null, string[]? aliases = null, bool many = false,
        bool storedOnly = false, Field[]? unionOf = null)
    {
        var field = new Field(name, type, kinds, description)
        {
            Unit = unit,
            Aliases = aliases ?? [],
            Many = many,
            StoredOnly = storedOnly,
            UnionOf = unionOf ?? [],
        };
        foreach (DocumentKind kind in kinds)
            field.Place(kind, ColumnCounts[(int)kind]++);
        Rows.Add(field);
        return field;
    }
}
