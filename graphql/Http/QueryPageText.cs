using System.Security.Cryptography;
using System.Text;

namespace Homer.Search.Api.Http;

/// <summary>A query to begin with.</summary>
sealed record QueryExample(string Title, string Query);

/// <summary>What stands on the query page and never changes.</summary>
static class QueryPageText
{
    public const string Style = """
        :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 25%, transparent); }
        * { box-sizing: border-box; }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
        header { display: flex; align-items: baseline; gap: 1rem; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
        h1 { font-size: 1.1rem; margin: 0; }
        h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
        main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
        label { display: block; font-weight: 600; margin-top: .5rem; }
        textarea, pre { width: 100%; font: 14px/1.45 ui-monospace, monospace; border: 1px solid var(--line); border-radius: 6px; padding: .75rem; }
        pre { overflow: auto; max-height: 70vh; }
        button { margin-top: .75rem; font: inherit; font-weight: 600; padding: .5rem 1.5rem; border-radius: 6px; border: 1px solid #1f6feb; background: #1f6feb; color: #fff; }
        .mistakes { color: #d1242f; font-weight: 600; }
        summary { cursor: pointer; font-weight: 600; }
        """;

    public static readonly string StyleHash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static readonly IReadOnlyList<QueryExample> Examples =
    [
        new("Calls of the last hour", """
            {
              calls(range: {from: "now-1h", to: "now"}, first: 20) {
                totalCount
                nodes { callId startedAt caller callee state outcome finalCode ringDelayMs durationMs }
              }
            }
            """),
        new("Failed calls, and why", """
            {
              calls(range: {from: "now-1h", to: "now"}, query: "status >= 400", first: 20) {
                totalCount
                nodes { callId startedAt caller callee outcome explanation }
              }
            }
            """),
        new("Messages by the last digits of a number", """
            {
              messages(range: {from: "now-1d", to: "now"}, query: "number : *4711", first: 20) {
                totalCount
                nodes { time summary callId source { address port } destination { address port } agent { name } }
              }
            }
            """),
        new("The newest call with its ladder", """
            {
              calls(range: {from: "now-1d", to: "now"}, first: 1) {
                nodes {
                  callId
                  explanation
                  ladder {
                    lanes { address userAgent }
                    arrows { sinceStartMs from to label retransmission }
                  }
                }
              }
            }
            """),
        new("What is counted most", """
            {
              facets(range: {from: "now-1h", to: "now"}, kind: SIP, fields: ["method", "status", "ua"]) {
                field
                buckets { value count }
              }
            }
            """),
        new("Is everything taken in?", """
            {
              ingest { received stored dropped { reason count } rejected { reason count } lagMs journalBytes trouble }
              agents { id name peer lastSeen messagesPerSecond }
            }
            """),
    ];
}
