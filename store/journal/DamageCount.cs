namespace Homer.Search.Journal;

/// <summary>Octets that cannot be read any more, counted from any thread.</summary>
public sealed class DamageCount
{
    long _octets;

    public long Octets => Volatile.Read(ref _octets);

    public void Add(long octets) => Interlocked.Add(ref _octets, octets);
}
