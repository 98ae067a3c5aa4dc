using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Loads this assembly once more beside a copy of the protocol floor in which each branch reports that it was taken.</summary>
sealed class Instrumented(string protocol) : AssemblyLoadContext("instrumented")
{
    const string Protocol = "Homer.Search.Protocol";

    internal static Assembly Load()
    {
        string copy = Path.Combine(Directory.CreateTempSubdirectory("homer-fuzz-").FullName, $"{Protocol}.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, $"{Protocol}.dll"), copy);
        Fuzzer.Instrument(copy, static type => type.StartsWith(Protocol, StringComparison.Ordinal), Options.Value);
        return new Instrumented(copy).LoadFromAssemblyPath(typeof(Instrumented).Assembly.Location);
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == Protocol ? LoadFromAssemblyPath(protocol) : null;
}
