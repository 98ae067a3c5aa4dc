using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>Sends recorded bulk bodies and nothing else, several at once: what the engine takes at most.</summary>
static class Replay
{
    /// <summary>As many at once as the product has under way at most.</summary>
    const int Requests = 3;

    /// <summary>Documents of all bodies, and how long the engine took for them.</summary>
    public static async Task<(long Documents, TimeSpan Took)> RunAsync(Uri engine, string file, IReadOnlyList<int> lengths)
    {
        using var http = new HttpClient { BaseAddress = engine, Timeout = TimeSpan.FromMinutes(2) };
        long documents = 0;
        using FileStream stream = File.OpenRead(file);
        List<Task> underWay = [];
        long started = Stopwatch.GetTimestamp();
        foreach (int length in lengths)
        {
            byte[] body = new byte[length];
            await stream.ReadExactlyAsync(body);
            byte[] sent = WithoutRevisions(body);
            if (underWay.Count == Requests)
            {
                Task ended = await Task.WhenAny(underWay);
                underWay.Remove(ended);
                await ended;
            }

            underWay.Add(SendAsync(sent));
        }

        await Task.WhenAll(underWay);
        return (documents, Stopwatch.GetElapsedTime(started));

        async Task SendAsync(byte[] body)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using HttpResponseMessage answer = await http.PostAsync(new Uri("_bulk?filter_path=errors,items.*.status", UriKind.Relative), content);
            answer.EnsureSuccessStatusCode();
            using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            if (json.RootElement.GetProperty("errors").GetBoolean())
                throw new InvalidOperationException("The engine did not take a document of the replay.");
            Interlocked.Add(ref documents, json.RootElement.GetProperty("items").GetArrayLength());
        }
    }

    /// <summary>A call that is replaced has another revision in another run: it is replaced whatever it is.</summary>
    static byte[] WithoutRevisions(byte[] body)
    {
        if (body.AsSpan().IndexOf("\"if_seq_no\""u8) < 0)
            return body;
        string[] lines = Encoding.UTF8.GetString(body).Split('\n');
        for (int line = 0; line < lines.Length; line += 2)
        {
            int revision = lines[line].IndexOf(",\"if_seq_no\"", StringComparison.Ordinal);
            if (revision > 0)
                lines[line] = lines[line][..revision] + "}}";
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
