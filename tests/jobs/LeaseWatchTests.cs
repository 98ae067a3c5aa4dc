using CsCheck;
using Homer.Search.Jobs;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Jobs;

/// <summary>Whatever happens to messages and processes, two never think at the same moment that they hold the lease.</summary>
public sealed class LeaseWatchTests
{
    static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One look at the lease: the pause before it, and how long each message is under way; in tenths of a second.</summary>
    sealed record Look(int Pause, int ReadThere, int ReadBack, int WriteThere, int WriteBack);

    static readonly Gen<Look> Looks = Gen.Select(
        Gen.Frequency((8, Gen.Int[0, 60]), (1, Gen.Int[60, 600])), Delays, Delays, Delays, Delays, (pause, there, back, wrote, told) => new Look(pause, there, back, wrote, told));

    static Gen<int> Delays => Gen.Frequency((8, Gen.Int[0, 5]), (1, Gen.Int[5, 400]));

    [Fact]
    public void No_two_processes_hold_it_at_the_same_moment_however_late_messages_are() =>
        Gen.Select(Looks.Array[1, 40].Array[2, 4], Gen.Int[0, 1000].Array[4]).Sample((processes, origins) =>
        {
            List<(string Self, TimeSpan From, TimeSpan To)> held = Play(processes, origins);
            foreach ((string self, TimeSpan from, TimeSpan to) in held)
                Assert.All(held.Where(other => other.Self != self), other => Assert.True(other.To <= from || to <= other.From, $"{self} and {other.Self} at {from}"));
        });

    [Fact]
    public void It_is_free_for_others_when_it_was_given_back_or_has_stood_for_the_term()
    {
        LeaseWatch watch = new LeaseWatch("b", Term).Read(new Lease("a", "1"), At(100));
        Assert.False(watch.MayTakeAt(At(114)));
        Assert.False(watch.Read(new Lease("a", "2"), At(110)).MayTakeAt(At(124)));
        Assert.True(watch.Read(new Lease("a", "1"), At(115)).MayTakeAt(At(115)));
        Assert.True(watch.Read(new Lease(null, "2"), At(101)).MayTakeAt(At(101)));
        Assert.True(new LeaseWatch("b", Term).Read(null, At(1)).MayTakeAt(At(1)));
    }

    [Fact]
    public void Who_holds_it_counts_the_term_from_before_the_write_and_loses_it_to_whoever_wrote_since()
    {
        LeaseWatch watch = new LeaseWatch("a", Term).Read(null, At(0)).Written(new Lease("a", "1"), asked: At(1), now: At(5));
        Assert.True(watch.IsHeldAt(At(15)));
        Assert.False(watch.IsHeldAt(At(16)));
        Assert.True(watch.Read(new Lease("a", "1"), At(8)).IsHeldAt(At(15)));
        Assert.False(watch.Read(new Lease("b", "2"), At(8)).IsHeldAt(At(8)));
        Assert.False(watch.Lost().IsHeldAt(At(8)));
    }

    static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Plays all looks against one store in the order of time and returns who held the lease from when to when at most.</summary>
    static List<(string Self, TimeSpan From, TimeSpan To)> Play(Look[][] processes, int[] origins)
    {
        var leases = new MemoryLeases();
        var held = new List<(string, TimeSpan, TimeSpan)>();
        var events = new PriorityQueue<Action, int>();
        for (int process = 0; process < processes.Length; process++)
            Begin(new LeaseWatch($"p{process}", Term), new Queue<Look>(processes[process]), TimeSpan.FromSeconds(origins[process]), at: 0);
        while (events.TryDequeue(out Action? next, out _))
            next();
        return held;

        void Begin(LeaseWatch watch, Queue<Look> looks, TimeSpan origin, int at)
        {
            if (!looks.TryDequeue(out Look? look))
                return;
            TimeSpan Own(int tenths) => origin + (tenths * TimeSpan.FromMilliseconds(100));
            int read = at + look.Pause + look.ReadThere;
            events.Enqueue(() =>
            {
                Lease? seen = Now(leases.ReadAsync("jobs", Cancellation));
                int answered = read + look.ReadBack;
                LeaseWatch known = watch.Read(seen, Own(answered));
                End(watch, known, answered);
                if (!known.MayTakeAt(Own(answered)))
                {
                    Begin(known, looks, origin, answered);
                    return;
                }

                int wrote = answered + look.WriteThere;
                events.Enqueue(() =>
                {
                    Lease? written = Now(leases.WriteAsync("jobs", known.Self, seen, Cancellation));
                    int told = wrote + look.WriteBack;
                    LeaseWatch after = written is null ? known.Lost() : known.Written(written, Own(answered), Own(told));
                    End(known, after, told);
                    if (after.IsHeldAt(Own(told)))
                        held.Add((after.Self, Tenths(told), after.HeldUntil - origin));
                    Begin(after, looks, origin, told);
                }, wrote);
            }, read);
        }

        // What was held before is held until it is known to be lost.
        void End(LeaseWatch before, LeaseWatch after, int at)
        {
            int index = held.FindLastIndex(span => span.Item1 == before.Self);
            if (index >= 0 && after.HeldUntil == TimeSpan.MinValue && Tenths(at) < held[index].Item3)
                held[index] = (held[index].Item1, held[index].Item2, Tenths(at));
        }
    }

    static TimeSpan Tenths(int count) => count * TimeSpan.FromMilliseconds(100);

    static Lease? Now(ValueTask<Lease?> call)
    {
        Assert.True(call.IsCompleted);
        return call.GetAwaiter().GetResult();
    }
}
