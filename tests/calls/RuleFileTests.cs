using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

public sealed class RuleFileTests : IDisposable
{
    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("homer-rules-").FullName, "some.yaml");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_the_shipped_one_until_it_comes_and_when_it_goes()
    {
        RuleFile<string> file = Open();
        Assert.Equal("shipped", file.Current);
        Write("first");
        Assert.True(file.Look());
        Assert.Equal("first", file.Current);
        File.Delete(_path);
        Assert.True(file.Look());
        Assert.Equal("shipped", file.Current);
    }

    [Fact]
    public void What_has_not_changed_is_not_read_again()
    {
        Write("first");
        RuleFile<string> file = Open();
        string before = file.Current;
        File.SetLastWriteTimeUtc(_path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(file.Look());
        Assert.Same(before, file.Current);
    }

    [Fact]
    public void A_bad_file_leaves_the_old_rules_in_force_says_so_once_and_gives_way_to_a_mended_one()
    {
        Write("first");
        RuleFile<string> file = Open();
        Write("bad");
        Assert.True(file.Look());
        Assert.Equal(("first", $"{_path}, line 1, column 1: bad."), (file.Current, file.Trouble));
        Assert.False(file.Look());
        Write("second");
        Assert.True(file.Look());
        Assert.Equal(("second", null), (file.Current, file.Trouble));
    }

    [Fact]
    public void A_bad_file_is_an_error_at_the_start()
    {
        Write("bad");
        Assert.Throws<RuleFileException>(() => Open());
    }

    [Fact]
    public void A_file_that_has_to_be_there_is_missed_at_the_start_and_when_it_goes_what_it_said_stays_in_force()
    {
        Assert.Throws<FileNotFoundException>(() => Open(shipped: null));
        Write("first");
        RuleFile<string> file = Open(shipped: null);
        File.Delete(_path);
        Assert.True(file.Look());
        Assert.False(file.Look());
        Assert.Equal("first", file.Current);
        Assert.Contains(_path, file.Trouble, StringComparison.Ordinal);
        Write("first");
        file.Look();
        Assert.Null(file.Trouble);
    }

    [Fact]
    public void Without_a_folder_of_rules_there_is_nothing_to_look_at()
    {
        var file = new RuleFile<string>("constant");
        Assert.False(file.Look());
        Assert.Equal("constant", file.Current);
    }

    RuleFile<string> Open(string? shipped = "shipped") => new(_path, static (name, text) => text.ReadToEnd() is var read && read == "bad"
        ? throw new RuleFileException(name, new YamlDotNet.Core.Mark(0, 1, 1), "bad.")
        : read, shipped);

    void Write(string text) => File.WriteAllText(_path, text);
}
