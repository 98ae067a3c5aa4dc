namespace Homer.Search.Tests.Api;

/// <summary>What a store has handed out, without keeping it from being collected.</summary>
public sealed class HandedOut
{
    readonly Lock _gate = new();
    readonly List<WeakReference> _all = [];

    public void Add(IEnumerable<object> some)
    {
        lock (_gate)
            _all.AddRange(some.Select(one => new WeakReference(one)));
    }

    /// <summary>How many of them someone still holds.</summary>
    public int CountHeld()
    {
        GC.Collect();
        lock (_gate)
        {
            _all.RemoveAll(one => !one.IsAlive);
            return _all.Count;
        }
    }
}
