using System.Globalization;
using Homer.Search.Server.Logs;
using Homer.Search.Server.Options;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Homer.Search.Server.Hosting;

/// <summary>What is logged, and how.</summary>
static class Logging
{
    const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Frameworks that tell of each request or job at a level at which we tell what matters.</summary>
    static readonly string[] Chatty = ["Microsoft", "System", "Quartz", "OpenTelemetry"];

    /// <summary>The host's own word, with its stack, on a start that fails: the command says it in one line.</summary>
    static bool IsFailedStart(LogEvent log) =>
        log.Properties.TryGetValue("EventId", out LogEventPropertyValue? id)
            && id.ToString().Contains("\"HostedServiceStartupFaulted\"", StringComparison.Ordinal);

    /// <param name="options">The least level, and the form.</param>
    /// <param name="kept">Takes each line as well; null when the console is enough.</param>
    public static Logger Create(ServerOptions options, StoreLog? kept)
    {
        LoggerConfiguration logging = new LoggerConfiguration().MinimumLevel.Is(options.LogLevel);
        foreach (string source in Chatty)
            logging.MinimumLevel.Override(source, options.LogLevel > LogEventLevel.Warning ? options.LogLevel : LogEventLevel.Warning);
        logging.Filter.ByExcluding(IsFailedStart);
        kept?.AddTo(logging.WriteTo);
        return options.LogJson
            ? logging.WriteTo.Console(new RenderedCompactJsonFormatter()).CreateLogger()
            : logging.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
    }
}
