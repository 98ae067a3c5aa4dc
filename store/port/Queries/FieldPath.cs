namespace Homer.Search.Store;

/// <summary>A field, and for <see cref="FieldType.Object"/> the name within it, in lower case as stored.</summary>
public readonly record struct FieldPath(Field Field, string? Name = null)
{
    public static implicit operator FieldPath(Field field) => new(field);

    public override string ToString() => Name is null ? Field.Name : $"{Field.Name}.{Name}";
}
