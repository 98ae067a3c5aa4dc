using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>One REGISTER and its final answer.</summary>
public sealed record RegistrationRequest
{
    /// <summary>When it was sent first.</summary>
    public required Instant Time { get; init; }

    /// <summary>How often it was sent.</summary>
    public required int Sendings { get; init; }

    /// <summary>User name of its credentials; null without any.</summary>
    public string? AuthUser { get; init; }

    /// <summary>Expiry that it asks for.</summary>
    public long? AskedSeconds { get; init; }

    /// <summary>Status code of its final answer; null when there was none.</summary>
    public int? Code { get; init; }

    /// <summary>Reason phrase of that answer.</summary>
    public string? ReasonPhrase { get; init; }

    /// <summary>From the request to the final answer.</summary>
    public int? DelayMs { get; init; }

    /// <summary>What the answer binds the address of record to; else what the request asks for.</summary>
    public string? Contact { get; init; }

    /// <summary>Expiry that was granted; null when the answer does not say or grants nothing.</summary>
    public long? GrantedSeconds { get; init; }

    /// <summary>When the binding lapses unless it is refreshed.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Answered with 2xx.</summary>
    public bool IsAccepted => Code is >= 200 and < 300;

    internal static RegistrationRequest Of(Transaction transaction)
    {
        Document request = transaction.Request.Message;
        Document? answer = transaction.Final?.Message;
        long? granted = transaction.Success is null ? null : Expiry(answer!) ?? Expiry(request);
        return new RegistrationRequest
        {
            Time = transaction.Request.Time,
            Sendings = transaction.Requests.Count,
            AuthUser = request.Text(Fields.AuthUser),
            AskedSeconds = Expiry(request),
            Code = transaction.Final?.StatusCode,
            ReasonPhrase = answer?.Text(Fields.ReasonPhrase),
            DelayMs = transaction.Final is { } final ? (int)final.After(transaction.Request).TotalMilliseconds : null,
            Contact = ContactOf(transaction.Success is null ? request : answer!) ?? ContactOf(request),
            GrantedSeconds = granted,
            ExpiresAt = granted is { } seconds ? transaction.Final!.Time.Plus(TimeSpan.FromSeconds(seconds)) : null,
        };
    }

    /// <summary>RFC 3261 §10.2.1.1: the parameter goes before the header.</summary>
    static long? Expiry(Document message) => message.Integer(Fields.ContactExpires) ?? message.Integer(Fields.Expires);

    static string? ContactOf(Document message) =>
        message.Text(Fields.ContactHost) is { } host ? $"{message.Text(Fields.ContactUser)}@{host}".TrimStart('@') : null;
}
