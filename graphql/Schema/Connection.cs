using System.ComponentModel;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>One page of what was found.</summary>
public abstract class Connection<T>
{
    internal Connection(Page page, IReadOnlyList<T> nodes)
    {
        TotalCount = page.TotalCount;
        TotalIsExact = page.TotalIsExact;
        Nodes = nodes;
        PageInfo = new PageInfo(page.EndCursor is not null, page.EndCursor);
    }

    [Description("How many there are on all pages together.")]
    public long TotalCount { get; }

    [Description("False when counting stopped at a bound: then there are at least that many.")]
    public bool TotalIsExact { get; }

    [Description("This page, in the order that was asked for.")]
    public IReadOnlyList<T> Nodes { get; }

    [Description("Whether and how to go on.")]
    public PageInfo PageInfo { get; }
}

/// <summary>Where the next page begins.</summary>
/// <param name="HasNextPage">Whether there is one.</param>
/// <param name="EndCursor">To be given as `after` for the next page; null on the last.</param>
public sealed record PageInfo(bool HasNextPage, string? EndCursor);

/// <summary>A page of SIP messages.</summary>
public sealed class MessageConnection(CaptureQueries queries, Page page)
    : Connection<Message>(page, new MessageList(queries, page.Documents).Messages);

/// <summary>A page of calls.</summary>
public sealed class CallConnection(CaptureQueries queries, Page page)
    : Connection<Call>(page, [.. page.Documents.Select(document => new Call(queries, document))]);

/// <summary>A page of registrations.</summary>
public sealed class RegistrationConnection(CaptureQueries queries, Page page)
    : Connection<Registration>(page, [.. page.Documents.Select(document => new Registration(queries, document))]);

/// <summary>A page of log lines.</summary>
public sealed class LogConnection(Page page) : Connection<Log>(page, [.. page.Documents.Select(document => new Log(document))]);

/// <summary>A page of quality reports.</summary>
public sealed class QosReportConnection(Page page)
    : Connection<QosReport>(page, [.. page.Documents.Select(document => new QosReport(document))]);
