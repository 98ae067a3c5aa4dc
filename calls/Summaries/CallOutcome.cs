namespace Homer.Search.Calls;

/// <summary>How the attempt ended, in the classes alerts and KPIs count by.</summary>
/// <remarks>Stored in <c>call.outcome</c> as the word <see cref="CallWords"/> gives.</remarks>
public enum CallOutcome
{
    /// <summary>No final answer yet.</summary>
    Pending,

    /// <summary>2xx to the INVITE.</summary>
    Answered,

    /// <summary>Answered, then torn down by the network: BYE with a failure cause (Q.850), or 408 to a re-INVITE or UPDATE.</summary>
    Dropped,

    /// <summary>487 after a CANCEL.</summary>
    CancelledCaller,

    /// <summary>486, 600, Q.850 cause 17.</summary>
    Busy,

    /// <summary>Rang, then 408, 480, or 487 without CANCEL; Q.850 cause 18 or 19.</summary>
    RingNoAnswer,

    /// <summary>480 without ringing, Q.850 cause 20.</summary>
    Unavailable,

    /// <summary>603, 607, 608; Q.850 cause 21 said by the user.</summary>
    Declined,

    /// <summary>404, 410, 484, 485, 604; Q.850 cause 1, 22 or 28.</summary>
    NumberError,

    /// <summary>401 or 407 not followed by credentials, 402, 403; Q.850 cause 21 said by the network.</summary>
    AuthFailed,

    /// <summary>3xx not followed.</summary>
    Redirect,

    /// <summary>415, 488, 580, 606.</summary>
    MediaReject,

    /// <summary>503; Q.850 cause 34, 38, 41, 42, 44 or 47.</summary>
    Capacity,

    /// <summary>Other 5xx and 6xx.</summary>
    ServerError,

    /// <summary>408 without ringing, no final answer within 32 s, Q.850 cause 102.</summary>
    Timeout,

    /// <summary>Other 4xx: the two sides do not understand each other, or a loop (482, 483).</summary>
    Protocol,

    /// <summary>The capture has holes: the request that began it, or its final answer, was not seen.</summary>
    Incomplete,

    /// <summary>REGISTER answered with 2xx.</summary>
    Registered,

    /// <summary>REGISTER with expiry 0 answered with 2xx.</summary>
    Unregistered,

    /// <summary>2xx to a request other than INVITE and REGISTER.</summary>
    Accepted,
}
