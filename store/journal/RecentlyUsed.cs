using System.Diagnostics.CodeAnalysis;

namespace Homer.Search.Journal;

/// <summary>Keeps the values that were used last, up to a number of them. Safe for several threads.</summary>
sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    readonly Lock _gate = new();
    readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                value = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps a value, unless another thread was first; the one used longest ago goes when there are too many.</summary>
    public void Add(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_nodes.ContainsKey(key))
                return;
            _nodes.Add(key, _order.AddFirst((key, value)));
            if (_nodes.Count <= capacity)
                return;
            _nodes.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
    }
}
