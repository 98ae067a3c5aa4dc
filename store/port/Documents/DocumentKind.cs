namespace Homer.Search.Store;

/// <summary>What a document is; each kind is a table, a data stream or an index family of its own. Values reach disk: append only.</summary>
public enum DocumentKind
{
    /// <summary>One captured SIP message. Append only.</summary>
    Sip = 0,

    /// <summary>A log line, and any other captured payload that is not SIP or a quality report. Append only.</summary>
    Log = 1,

    /// <summary>A media-quality report. Append only.</summary>
    Qos = 2,

    /// <summary>The summary of one Call-ID. Merged.</summary>
    Call = 3,
}
