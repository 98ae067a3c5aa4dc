using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Homer.Search.Tests.Fuzz;

/// <summary>
/// Tries inputs on one target: the seeds as they are, then changed ones. With coverage an input that goes a new way is kept and changed further; without it the
/// same seed number gives the same inputs.
/// </summary>
sealed class Campaign(FuzzTarget target, int seed, Coverage? coverage = null)
{
    readonly Mutator _mutator = new(new Random(seed), [.. target.Words.Select(FuzzTarget.Octets)], target.Longest);
    readonly List<byte[]> _inputs = [];

    internal List<Find> Finds { get; } = [];

    internal long Executions { get; private set; }

    /// <summary>Executions that both readers read and compared.</summary>
    internal long Compared { get; private set; }

    /// <summary>The longest that one reading took, with its input: on an idle machine it says whether an input can keep a reader busy.</summary>
    internal (TimeSpan Took, byte[] Input) Slowest { get; private set; } = (TimeSpan.Zero, []);

    internal void Run(Func<long, bool> goesOn)
    {
        foreach (byte[] input in target.Seeds.Where(input => input.Length <= target.Longest))
        {
            Try(input);
            _inputs.Add(input);
        }

        while (goesOn(Executions))
        {
            byte[] input = _mutator.Change(_inputs);
            if (Try(input))
                _inputs.Add(input);
        }
    }

    internal string ToJson(TimeSpan passed) => JsonSerializer.Serialize(new
    {
        target = target.Name,
        seconds = Math.Round(passed.TotalSeconds),
        executions = Executions,
        perSecond = Math.Round(Executions / passed.TotalSeconds),
        compared = Compared,
        edges = coverage?.Edges,
        inputs = _inputs.Count,
        slowestMs = Math.Round(Slowest.Took.TotalMilliseconds, 1),
        crashes = Finds.Count(static find => find.Kind == "crash"),
        differences = Finds.Count(static find => find.Kind == "difference"),
    });

    /// <summary>Whether the input went a new way.</summary>
    bool Try(byte[] input)
    {
        if (Judge(input) is { } find && !Finds.Exists(known => known.Key == find.Key))
            Finds.Add(Shorten(find));
        return coverage?.IsNew() == true;
    }

    Find? Judge(byte[] input)
    {
        Executions++;
        coverage?.Clear();
        long start = Stopwatch.GetTimestamp();
        try
        {
            Facts facts = target.Read(input);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > Slowest.Took)
                Slowest = (took, input);
            if (target.Reread(input) is not { } reread)
                return null;
            Compared++;
            return facts.DifferenceTo(reread) is ({ } name, { } one, { } other)
                ? new Find("difference", name, string.Create(CultureInfo.InvariantCulture, $"read «{one}», slowly «{other}»"), input)
                : null;
        }
        catch (Exception thrown)
        {
            string where = new StackTrace(thrown).GetFrames().Select(static frame => frame.GetMethod()?.DeclaringType)
                .FirstOrDefault(static type => type?.Namespace?.StartsWith("Homer", StringComparison.Ordinal) == true)?.Name ?? "";
            return new Find("crash", $"{thrown.GetType().Name} in {where}: {thrown.Message.Split(' ')[0]}", thrown.ToString(), input);
        }
    }

    /// <summary>Leaves out what can be left out of an input while it finds the same.</summary>
    Find Shorten(Find find)
    {
        for (int piece = find.Input.Length / 2; piece > 0; piece /= 2)
        {
            for (int start = 0; start + piece <= find.Input.Length;)
            {
                byte[] shorter = [.. find.Input[..start], .. find.Input[(start + piece)..]];
                if (Judge(shorter) is { } same && same.Key == find.Key)
                    find = same;
                else
                    start += piece;
            }
        }

        return find;
    }
}
