namespace Homer.Search.Store;

/// <summary>How a field's value is held, compared and searched.</summary>
public enum FieldType
{
    /// <summary>An exact string, case-sensitive; wildcards allowed. In C#: <see cref="string"/>.</summary>
    Keyword,

    /// <summary>Free text, searched by words, case-insensitive. In C#: <see cref="string"/>.</summary>
    Text,

    /// <summary>A whole number. In C#: <see cref="long"/>.</summary>
    Integer,

    /// <summary>A decimal number. In C#: <see cref="double"/>.</summary>
    Decimal,

    /// <summary>True or false. In C#: <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>Nanoseconds since the epoch. In C#: <see cref="Protocol.Instant"/>.</summary>
    Instant,

    /// <summary>An IPv4 or IPv6 address; CIDR ranges allowed. In C#: <see cref="System.Net.IPAddress"/>.</summary>
    Ip,

    /// <summary>
    /// Names (in lower case) and values of a message that are not fields of their own, as one JSON object of strings; searched as <c>field.name</c>.
    /// </summary>
    Object,

    /// <summary>Bytes for the program itself; neither searched nor shown. In C#: <see cref="byte"/> array.</summary>
    Binary,
}
