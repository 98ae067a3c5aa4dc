using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Homer.Search.Benchmarks.Pages;

/// <summary>Starts the server on a filled data folder and asks for the pages of calls of three legs and 60 messages.</summary>
static class Measuring
{
    const string Address = "127.0.0.1:19280";

    /// <summary>Pages before it counts: until then the runtime compiles beside them.</summary>
    const int Warming = 300;

    public static async Task RunAsync(string folder, int times, string? program)
    {
        string server = program ?? Path.Combine(Root(), "server", "bin", "Release", "net10.0", "homer.dll");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [server, "run", "--data", folder, "--hep", "127.0.0.1:19261", "--http", Address, "--roles", "ingest,graphql", "--log-level", "warning"])
        { RedirectStandardOutput = true })!;
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://{Address}"), Timeout = TimeSpan.FromMinutes(1) };
            await UntilReadyAsync(http);
            long messages = long.Parse(await File.ReadAllTextAsync(Path.Combine(folder, Loading.CountFile)), CultureInfo.InvariantCulture);
            string[] sessions = [.. StoredCall.Sessions((int)(messages / StoredCall.Messages))];
            var took = new List<double>();
            for (int time = -Warming; time < times; time++)
            {
                // Far apart, so that no two pages read the same blocks.
                string callId = sessions[(int)((long)(time + Warming) * 7919 % sessions.Length)];
                long started = Stopwatch.GetTimestamp();
                string page = await http.GetStringAsync(new Uri($"/calls/{Uri.EscapeDataString(callId)}", UriKind.Relative));
                double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (page.Split("class=\"message\"").Length - 1 != StoredCall.Legs * StoredCall.Messages)
                    throw new InvalidOperationException($"The page of {callId} does not show {StoredCall.Legs * StoredCall.Messages} messages.");
                if (time >= 0)
                    took.Add(milliseconds);
            }

            took.Sort();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "call page",
                messages,
                pages = took.Count,
                p50_ms = Math.Round(took[took.Count / 2], 1),
                p95_ms = Math.Round(took[took.Count * 95 / 100], 1),
                most_ms = Math.Round(took[^1], 1),
            }));
        }
        finally
        {
            using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }
    }

    static async Task UntilReadyAsync(HttpClient http)
    {
        for (int attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using HttpResponseMessage ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new InvalidOperationException("The server is not ready after a minute.");
    }

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Give the path of homer.dll, or run from inside the repository.");
    }
}
