using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>
/// The order that a list of <see cref="Sort"/> means: absent values last, ties by time and place in the direction of the last sort field.
/// </summary>
sealed class SortOrder(IReadOnlyList<Sort> sorts) : IComparer<Document>
{
    public int Compare(Document? one, Document? other)
    {
        foreach (Sort sort in sorts)
        {
            int order = (one![sort.Field], other![sort.Field]) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                (var left, var right) => Turn(ValueOrder.Compare(left, right), sort.Descending),
            };
            if (order != 0)
                return order;
        }

        bool descending = sorts.Count > 0 && sorts[^1].Descending;
        int tie = one!.Time.CompareTo(other!.Time);
        return Turn(tie != 0 ? tie : string.CompareOrdinal(one.Id, other.Id), descending);
    }

    static int Turn(int order, bool descending) => descending ? -order : order;
}
