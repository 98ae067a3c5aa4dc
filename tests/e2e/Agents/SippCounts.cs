using System.Globalization;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>What a calling SIPp counted by itself: messages it sent and received, by method or status code, those sent or received again included.</summary>
/// <param name="CallerPort">Where the calls came from.</param>
sealed record SippCounts(int CalleePort, int CallerPort, IReadOnlyDictionary<string, long> Messages)
{
    /// <summary>What was called.</summary>
    public string Number => Kamailio.NumberOf(CalleePort);

    /// <summary>Reads the last line of a file that <c>-trace_counts</c> wrote: columns such as <c>4_200_Recv</c>, <c>0_INVITE_Retrans</c>.</summary>
    public static SippCounts Read(string file, int calleePort, int callerPort)
    {
        string[] lines = File.ReadAllLines(file);
        var messages = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string column, string value) in lines[0].Split(';').Zip(lines[^1].Split(';')))
        {
            if (column.Split('_') is not [_, var name, "Sent" or "Recv" or "Retrans" or "Unexp"] || name == "Pause" || value == "0")
                continue;
            messages[name] = messages.GetValueOrDefault(name) + long.Parse(value, CultureInfo.InvariantCulture);
        }

        return new SippCounts(calleePort, callerPort, messages);
    }
}
