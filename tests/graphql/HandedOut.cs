namespace Homer.Search.Tests.Api;

/// <summary>What a store has handed out, without keeping it from being collected.</summary>
public sealed class HandedOut
{
    const int LargePage = 1000;

    readonly Lock _gate = new();
    readonly List<WeakReference> _all = [];

    /// <summary>The most that someone held at one time, looked at whenever a large page is handed out.</summary>
    public int MostHeld { get; private set; }

    public void Add(IReadOnlyCollection<object> some)
    {
        lock (_gate)
        {
            _all.AddRange(some.Select(one => new WeakReference(one)));
            if (some.Count < LargePage)
                return;
            GC.Collect();
            _all.RemoveAll(one => !one.IsAlive);
            MostHeld = Math.Max(MostHeld, _all.Count);
        }
    }
}
