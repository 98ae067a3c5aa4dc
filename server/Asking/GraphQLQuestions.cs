namespace Homer.Search.Server.Asking;

/// <summary>What the command line asks a running server.</summary>
static class GraphQLQuestions
{
    public const string Calls = """
        query($from: Instant!, $to: Instant!, $query: String, $first: Int!) {
          calls(range: { from: $from, to: $to }, query: $query, first: $first) {
            totalCount totalIsExact
            nodes { startedAt caller callee state outcome finalCode ringDelayMs setupMs durationMs messageCount retransmissionCount releasedBy callId }
          }
        }
        """;

    public const string Messages = """
        query($from: Instant!, $to: Instant!, $query: String, $first: Int!) {
          messages(range: { from: $from, to: $to }, query: $query, first: $first) {
            totalCount totalIsExact
            nodes { time summary fromUser toUser source { address port } destination { address port } transport agent { name } callId id }
          }
        }
        """;

    public const string Call = """
        query($callId: String!, $width: Int!) {
          call(callId: $callId) {
            callId method state outcome caller callee startedAt answeredAt endedAt ringDelayMs setupMs durationMs finalCode reasonPhrase
            reason { protocol cause text } releasedBy messageCount retransmissionCount userAgent codecs explanation
            source { address port } destination { address port }
            findings { name severity sentence hint reference }
            ladder { text(width: $width) }
          }
        }
        """;

    public const string Session = """
        query($callId: String!, $width: Int!) {
          call(callId: $callId) {
            session {
              legs { startedAt caller callee state outcome finalCode ringDelayMs setupMs durationMs messageCount callId }
              edges { from to rule identifier } ignored isCut
              ladder { text(width: $width) }
            }
          }
        }
        """;
}
