using System.Text;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

/// <summary>Which calls a fold gives away with a unit, and which it holds for more.</summary>
public sealed class FoldTests
{
    static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    readonly CallFold _fold = new(Folding.Journal);

    [Fact]
    public void A_call_that_rings_is_held_until_it_has_waited_long_enough()
    {
        Add("C1", messages: 3, now: TimeSpan.Zero);

        Assert.Empty(_fold.Take(Soon, Hold));
        Assert.False(_fold.HasDue(Soon, Hold));
        Assert.True(_fold.HasDue(Hold, Hold));
        Assert.Single(_fold.Take(Hold, Hold));
        Assert.Equal(0, _fold.Count);
    }

    [Fact]
    public void A_call_that_has_settled_is_given_away_after_a_short_quiet()
    {
        Add("C1", messages: 5, now: TimeSpan.Zero); // … 200, ACK

        Assert.Empty(_fold.Take(CallFold.QuietPart * Hold / 2, Hold));
        Assert.Single(_fold.Take(CallFold.QuietPart * Hold, Hold));
    }

    [Fact]
    public void A_cancelled_call_is_not_settled_by_the_answer_to_its_CANCEL()
    {
        Message[] call = Scenarios.Get("C3");
        int answer = Array.FindIndex(call, message => message.CSeqMethod == "CANCEL" && !message.IsRequest);
        Add("C3", messages: answer + 1, now: TimeSpan.Zero);

        Assert.Empty(_fold.Take(Soon, Hold));
    }

    [Fact]
    public void Messages_after_a_call_was_given_away_make_another_update()
    {
        Message[] call = Scenarios.Get("C1");
        call[0].AddTo(_fold, 8, TimeSpan.Zero);
        SummaryUpdate first = Assert.Single(_fold.Take(Hold, Hold));
        Document stored = Folding.Merge(null, first)!;
        for (int message = 1; message < call.Length; message++)
            call[message].AddTo(_fold, 8 + (8 * message), Hold);
        SummaryUpdate second = Assert.Single(_fold.Take(2 * Hold, Hold));

        Assert.Equal(Folding.Text(Folding.Call(call).Document), Folding.Text(Folding.Merge(stored, second)!));
    }

    [Fact]
    public void Updates_that_were_taken_stay_as_they_are_until_they_are_given_back()
    {
        Message opening = Scenarios.Get("C1")[0];
        (opening with { CallId = "first" }).AddTo(_fold, 8, TimeSpan.Zero);
        IReadOnlyCollection<SummaryUpdate> first = _fold.Take(Hold, Hold);
        (opening with { CallId = "second" }).AddTo(_fold, 16, Hold);
        IReadOnlyCollection<SummaryUpdate> second = _fold.Take(2 * Hold, Hold);
        (opening with { CallId = "third" }).AddTo(_fold, 24, 2 * Hold);

        Assert.Equal("first", Folding.Merge(null, Assert.Single(first))!.Text(Fields.CallId));
        Assert.Equal("second", Folding.Merge(null, Assert.Single(second))!.Text(Fields.CallId));
        _fold.GiveBack(first);
        (opening with { CallId = "fourth" }).AddTo(_fold, 32, 2 * Hold);
        Assert.Same(Assert.Single(first), _fold.Take(3 * Hold, Hold).Last());
    }

    [Fact]
    public void Its_first_position_is_that_of_the_first_message_held()
    {
        Assert.Equal(long.MaxValue, _fold.FirstPosition);
        (Scenarios.Get("C1")[0] with { CallId = "older" }).AddTo(_fold, 800, TimeSpan.Zero);
        (Scenarios.Get("C1")[0] with { CallId = "newer" }).AddTo(_fold, 1600, Soon);
        (Scenarios.Get("C1")[1] with { CallId = "older" }).AddTo(_fold, 2400, Soon);
        Assert.Equal(800, _fold.FirstPosition);

        _fold.Take(Hold, Hold);
        Assert.Equal(1600, _fold.FirstPosition);
        _fold.Take(Hold, hold: TimeSpan.Zero);
        Assert.Equal(long.MaxValue, _fold.FirstPosition);
    }

    [Fact]
    public void A_fold_is_used_again_after_a_unit()
    {
        for (int unit = 0; unit < 3; unit++)
        {
            for (int call = 0; call < 1000; call++)
                (Scenarios.Get("C3")[0] with { CallId = $"{unit}-{call}" }).AddTo(_fold, ((unit * 1000) + call) * 8, Hold * unit);
            string[] taken = [.. _fold.Take(Hold * (unit + 1), Hold).Select(update => Encoding.UTF8.GetString(update.Key.Span))];

            Assert.Equal(Enumerable.Range(0, 1000).Select(call => $"{unit}-{call}"), taken);
        }
    }

    [Fact]
    public void Calls_that_are_held_are_found_again_when_others_were_given_away()
    {
        for (int call = 0; call < 3000; call++)
            (Scenarios.Get("C1")[0] with { CallId = $"{call}" }).AddTo(_fold, call * 8, call % 3 == 0 ? TimeSpan.Zero : Soon);
        Assert.Equal(1000, _fold.Take(Hold, Hold).Count);
        for (int call = 0; call < 3000; call++)
            (Scenarios.Get("C1")[1] with { CallId = $"{call}" }).AddTo(_fold, (3000 + call) * 8, Hold);

        Assert.Equal(3000, _fold.Count);
        Assert.Equal(2000, _fold.Take(Hold + Soon, Hold).Count(update => Folding.Merge(null, update)!.Integer(Fields.MessageCount) == 2));
    }

    void Add(string scenario, int messages, TimeSpan now)
    {
        Message[] call = Scenarios.Get(scenario);
        for (int message = 0; message < messages; message++)
            call[message].AddTo(_fold, 8 * (message + 1), now);
    }
}
