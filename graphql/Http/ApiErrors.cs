using GraphQL;
using GraphQL.Execution;
using Homer.Search.Api.Changes;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Api.Http;

/// <summary>
/// What went wrong, as who asked should see it: their own mistakes in full; anything unexpected as an identifier under which the log has the rest.
/// </summary>
sealed class ApiErrors(ILogger<ApiErrors> logger)
{
    public Task TranslateAsync(UnhandledExceptionContext context)
    {
        context.Exception = context.OriginalException switch
        {
            QueryException mistake => Syntax(mistake),
            InputException mistake => Error(mistake.Message, "BAD_INPUT", new() { ["argument"] = mistake.Argument }),
            ChangeRefusedException refused => Error(refused.Message, refused.Code, []),
            StoreException { IsMistake: true } mistake => Error(mistake.Message, "BAD_INPUT", []),
            StoreException failure => Store(failure),
            Exception failure => Unexpected(failure),
        };
        return Task.CompletedTask;
    }

    static ExecutionError Syntax(QueryException mistake)
    {
        var place = new Dictionary<string, object?> { ["position"] = mistake.Position, ["length"] = mistake.Length };
        if (mistake.Suggestion is not null)
            place.Add("suggestion", mistake.Suggestion);
        return Error(mistake.Message, "QUERY_SYNTAX", place);
    }

    static ExecutionError Error(string message, string code, Dictionary<string, object?> extensions) => new(message) { Code = code, Extensions = extensions };

    ExecutionError Store(StoreException failure)
    {
        ApiLog.StoreFailed(logger, failure);
        return new ExecutionError(failure.Message) { Code = failure.IsTransient ? "STORE_UNAVAILABLE" : "STORE_FAILED" };
    }

    ExecutionError Unexpected(Exception failure)
    {
        string id = Guid.NewGuid().ToString("N")[..12];
        ApiLog.Unexpected(logger, id, failure);
        return new ExecutionError($"Something went wrong here; the server's log has it as {id}.") { Code = "UNEXPECTED" };
    }
}
