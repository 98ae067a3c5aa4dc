using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Homer.Search.Tests.Fuzz;

/// <summary>
/// <c>dotnet run --project tests/fuzz -c Release -- TARGET --minutes 30</c>: fuzzes one target guided by coverage for so many minutes of the processor and
/// prints one line of JSON; SIGINT or SIGTERM ends it earlier, with the figures so far. What it finds is written to <c>--finds FOLDER</c>; the exit code is 1
/// when there is something.
/// </summary>
static class ManualRun
{
    const string Usage = "usage: TARGET [--minutes N] [--seed N] [--finds FOLDER]";

    /// <summary>Reads the command line and goes over into code that reports its coverage.</summary>
    internal static int Start(string[] args)
    {
        (string name, double minutes, int seed, string? finds) = (args[0], 1, 1, null);
        try
        {
            for (int index = 1; index < args.Length; index += 2)
            {
                string value = index + 1 < args.Length ? args[index + 1] : throw new FormatException($"{args[index]} wants a value.");
                switch (args[index])
                {
                    case "--minutes":
                        minutes = double.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "--seed":
                        seed = int.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "--finds":
                        finds = Directory.CreateDirectory(value).FullName;
                        break;
                    default:
                        throw new FormatException($"{args[index]} is no option.");
                }
            }

            if (!FuzzTargets.All.Any(target => target.Name == name))
                throw new FormatException($"{name} is no target; there are {string.Join(", ", FuzzTargets.All.Select(static target => target.Name))}.");
        }
        catch (FormatException mistake)
        {
            Console.Error.WriteLine($"{mistake.Message} {Usage}");
            return 2;
        }

        Type type = Instrumented.Load().GetType(typeof(ManualRun).FullName!)!;
        return (int)type.GetMethod(nameof(Run), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [name, TimeSpan.FromMinutes(minutes), seed, finds])!;
    }

    /// <summary>Called in the copy of this assembly whose protocol is instrumented.</summary>
    static int Run(string name, TimeSpan time, int seed, string? finds)
    {
        var campaign = new Campaign(FuzzTargets.All.First(target => target.Name == name), seed, new Coverage());
        // Of the processor, so that a busy machine makes a run longer and not poorer.
        static TimeSpan Passed() => Environment.CpuUsage.TotalTime;
        bool isStopped = false;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        campaign.Run(_ => !Volatile.Read(ref isStopped) && Passed() < time);
        Console.WriteLine(campaign.ToJson(Passed()));
        Console.Error.WriteLine($"slowest: {Convert.ToHexString(campaign.Slowest.Input)}");
        foreach (Find find in campaign.Finds)
        {
            Console.Error.WriteLine($"{find.Kind} {find.Key}: {find.Detail}\n  {Convert.ToHexString(find.Input)}");
            if (finds is not null)
                File.WriteAllBytes(Path.Combine(finds, $"{name}-{find.Kind}-{campaign.Finds.IndexOf(find)}.bin"), find.Input);
        }

        return campaign.Finds.Count == 0 ? 0 : 1;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            Volatile.Write(ref isStopped, true);
        }
    }
}
