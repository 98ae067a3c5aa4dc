using GraphQL;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>The call flow: a lane for each address and port, an arrow for each message.</summary>
[Name("Ladder")]
public sealed class LadderView
{
    readonly Ladder _ladder;
    readonly MessageList _messages;
    readonly Func<CancellationToken, Task<IReadOnlyList<Document>>> _events;

    internal LadderView(MessageList messages, bool byHost, Func<CancellationToken, Task<IReadOnlyList<Document>>> events)
    {
        _messages = messages;
        _events = events;
        _ladder = Ladder.Of(messages.Documents, byHost);
    }

    /// <summary>The same drawn with letters, for a terminal.</summary>
    /// <param name="width">Columns to fill, 60 to 400.</param>
    public string Text(int width = 120) => LadderText.Render(_ladder, Math.Clamp(width, 60, 400));

    /// <summary>The same as a Mermaid sequence diagram.</summary>
    public string Mermaid => LadderMermaid.Render(_ladder);

    /// <summary>Call-IDs of the legs, by first appearance.</summary>
    public IReadOnlyList<string> Legs => _ladder.Legs;

    /// <summary>By first appearance, so that the caller stands left.</summary>
    public IReadOnlyList<Lane> Lanes => _ladder.Lanes;

    /// <summary>Log lines and quality reports beside the messages, in the order of time.</summary>
    [Complexity(20, 10)]
    public async Task<IReadOnlyList<LadderMarkView>> Marks(CancellationToken cancellation) =>
        [.. _ladder.Marks(await _events(cancellation)).Select(mark => new LadderMarkView(mark))];

    /// <summary>In the order in which they happened; copies of one message on one hop make one arrow.</summary>
    [Complexity(1, 20)]
    public IReadOnlyList<ArrowView> Arrows()
    {
        Dictionary<string, Message> messages = _messages.Messages.ToDictionary(message => message.Id);
        return [.. _ladder.Arrows.Select(arrow => new ArrowView(arrow, messages[arrow.Message.Id]))];
    }
}

/// <summary>One message from lane to lane.</summary>
[Name("Arrow")]
public sealed class ArrowView
{
    readonly Arrow _arrow;

    internal ArrowView(Arrow arrow, Message message)
    {
        _arrow = arrow;
        Message = message;
    }

    /// <summary>The captured message.</summary>
    public Message Message { get; }

    /// <summary>Number of the lane that sent it, from 0.</summary>
    public int From => _arrow.From;

    /// <summary>Number of the lane it went to.</summary>
    public int To => _arrow.To;

    /// <summary>Number of the leg it belongs to.</summary>
    public int Leg => _arrow.Leg;

    /// <summary>Capture time.</summary>
    public Instant Time => _arrow.Time;

    /// <summary>Since the first arrow. In ms.</summary>
    public double SinceStartMs => _arrow.SinceStart.TotalMilliseconds;

    /// <summary>Since the arrow above. In ms.</summary>
    public double SincePreviousMs => _arrow.SincePrevious.TotalMilliseconds;

    /// <summary>`INVITE`, `180 Ringing`, `200 OK (INVITE)`.</summary>
    public string Label => _arrow.Label;

    /// <summary>It carries a session description.</summary>
    public bool HasSdp => _arrow.HasSdp;

    /// <summary>The same message again on the same hop.</summary>
    public bool Retransmission => _arrow.IsRetransmission;

    /// <summary>Names of the capture agents that saw it.</summary>
    public IReadOnlyList<string> Observers => _arrow.Observers;
}

/// <summary>A log line or a quality report beside the messages.</summary>
[Name("LadderMark")]
public sealed class LadderMarkView
{
    readonly LadderMark _mark;

    internal LadderMarkView(LadderMark mark) => _mark = mark;

    /// <summary>Identifier of the log line or report.</summary>
    [Id]
    public string Id => _mark.Event.Id;

    /// <summary>Capture time.</summary>
    public Instant Time => _mark.Time;

    /// <summary>Number of the lane it came from, from 0; null when it came from elsewhere.</summary>
    public int? Lane => _mark.Lane;

    /// <summary>What it says, shortened.</summary>
    public string Label => _mark.Label;
}
