using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>Reads a capture with Wireshark's dissectors.</summary>
/// <param name="sipPort">UDP port whose packets are SIP.</param>
sealed partial class Tshark(string file, int sipPort)
{
    /// <summary>Messages by method or status code, as <c>-z sip,stat</c> counts them, for each filter.</summary>
    public async Task<SipStatistics[]> StatisticsAsync(IEnumerable<string> filters, CancellationToken cancellation)
    {
        string[] asked = [.. filters];
        string text = await RunAsync(["-q", .. asked.SelectMany(filter => new[] { "-z", $"sip,stat,{filter}" })], cancellation);
        Dictionary<string, SipStatistics> read = Block().Matches(text).ToDictionary(
            block => block.Groups["filter"].Value.Trim(),
            block => new SipStatistics(
                Line().Matches(block.Value).ToDictionary(line => line.Groups["name"].Value, line => Number(line.Groups["count"].Value), StringComparer.Ordinal),
                Number(block.Groups["resent"].Value),
                Number(block.Groups["setup"].Value)));
        return [.. asked.Select(filter => read[filter])];
    }

    /// <summary>These fields of every SIP message, in the order of the file.</summary>
    public async Task<string[][]> FieldsAsync(CancellationToken cancellation, params string[] fields)
    {
        string text = await RunAsync(["-Y", "sip", "-T", "fields", .. fields.SelectMany(field => new[] { "-e", field })], cancellation);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    async Task<string> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("tshark", ["-n", "-r", file, "-d", string.Create(CultureInfo.InvariantCulture, $"udp.port=={sipPort},sip"), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using Process tshark = Process.Start(start)!;
        string text = await tshark.StandardOutput.ReadToEndAsync(cancellation);
        await tshark.WaitForExitAsync(cancellation);
        Assert.Equal(0, tshark.ExitCode);
        return text;
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"SIP Statistics with filter (?<filter>.+)\n(?:.*\n)*?Number of resent SIP messages: (?<resent>\d+)\n(?:.*\n)*?\* Average setup time (?<setup>\d+) ms")]
    private static partial Regex Block();

    [GeneratedRegex(@"^  (?:SIP )?(?<name>\w+) .*: +(?<count>\d+) Packets", RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>What <c>tshark -z sip,stat</c> says.</summary>
/// <param name="Messages">By method of a request or code of a response.</param>
/// <param name="Resent">Messages it takes for retransmissions.</param>
/// <param name="MeanSetupMs">INVITE to its 200.</param>
sealed record SipStatistics(IReadOnlyDictionary<string, long> Messages, long Resent, long MeanSetupMs);
