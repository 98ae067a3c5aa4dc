using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Tests.Api;

/// <summary>What was logged, line by line.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose() => Lines.Clear();
}
