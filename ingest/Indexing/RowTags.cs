using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Marks set on a document on the way in; several may be set.</summary>
[Flags]
enum RowTags
{
    None = 0,

    /// <summary>Captured as SIP, and no SIP message.</summary>
    NotSip = 1,

    /// <summary>The capture ends before the message does.</summary>
    Truncated = 2,

    /// <summary>The agent's stamp could not be true.</summary>
    BadTime = 4,

    /// <summary>A compressed payload that does not inflate, or inflates beyond its bound.</summary>
    BadCompression = 8,

    /// <summary>The HEP packet is damaged behind what was read.</summary>
    Damaged = 16,
}

/// <summary>How <c>tags</c> says them.</summary>
static class RowTagNames
{
    static readonly (RowTags Tag, byte[] Name)[] Names =
    [
        (RowTags.NotSip, "not-sip"u8.ToArray()),
        (RowTags.Truncated, "truncated"u8.ToArray()),
        (RowTags.BadTime, "bad-time"u8.ToArray()),
        (RowTags.BadCompression, "bad-compression"u8.ToArray()),
        (RowTags.Damaged, "damaged"u8.ToArray()),
    ];

    public static void Set(DocumentBatch batch, int row, RowTags tags)
    {
        if (tags == RowTags.None)
            return;

        Span<byte> joined = stackalloc byte[64];
        int length = 0;
        foreach ((RowTags tag, byte[] name) in Names)
        {
            if ((tags & tag) == 0)
                continue;
            if (length > 0)
                joined[length++] = (byte)'\n';
            name.CopyTo(joined[length..]);
            length += name.Length;
        }

        batch.Set(row, Fields.Tags, joined[..length]);
    }
}
