namespace Homer.Search.Server.Options;

/// <summary>One thing an operator can set: as <c>--name value</c>, as <c>HOMER_NAME</c> or as a key of <c>homer.yaml</c>.</summary>
/// <param name="Name">The key in the file.</param>
/// <param name="Form">What the value looks like, for the help.</param>
/// <param name="Default">What holds when nobody sets it.</param>
sealed record Setting(string Name, string Form, string Default, string Description)
{
    public string OptionName => "--" + Name;

    public string VariableName => Settings.VariablePrefix + Name.ToUpperInvariant().Replace('-', '_');
}
