using GraphQL;

namespace Homer.Search.Api.Http;

/// <summary>A request that is turned away before anything is executed; the message is for who sent it.</summary>
sealed class RefusedException(int status, string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;

    /// <summary>For programs, as <c>extensions.code</c>.</summary>
    public string Code { get; } = code;

    public ExecutionResult ToResult() => new() { Errors = [new ExecutionError(Message) { Code = Code }] };
}
