using GraphQL;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQL.Validation;
using Homer.Search.Api.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Homer.Search.Api.Http;

/// <summary>GraphQL over HTTP at one address: GET and POST for programs, a page for browsers.</summary>
sealed class GraphQLEndpoint(IDocumentExecuter<ISchema> executer, IGraphQLSerializer serializer, RequestReader reader, ApiErrors errors, QueryPage page)
{
    static readonly IValidationRule[] RulesOfGet = [.. DocumentValidator.CoreRules, new QueriesOnly()];

    public async Task HandleAsync(HttpContext context)
    {
        Answer? answer = Answer.For(context.Request);
        context.Response.Headers.Vary = "Accept";
        try
        {
            if (answer is null)
            {
                throw new RefusedException(
                    StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE", $"The answer can be {Answer.Response.MediaType} or {Answer.Json.MediaType}.");
            }

            if (answer == Answer.Page)
                await page.AnswerAsync(context, ExecuteAsync);
            else
                await AnswerAsync(context, answer);
        }
        catch (RefusedException refusal)
        {
            await WriteAsync(context, answer is null || answer == Answer.Page ? Answer.Json : answer, refusal.ToResult(), refusal.Status);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
            context.Abort();
        }
    }

    async Task AnswerAsync(HttpContext context, Answer answer)
    {
        if (CrossOrigin.IsForeign(context.Request))
            throw CrossOrigin.Refused();

        GraphQLRequest request = await reader.ReadAsync(context.Request, context.RequestAborted);
        ExecutionResult result = await ExecuteAsync(context, request);
        bool onlyByPost = result.Errors?.Any(error => error.Code == QueriesOnly.Code) ?? false;
        await WriteAsync(context, answer, result, onlyByPost ? StatusCodes.Status405MethodNotAllowed : null);
    }

    Task<ExecutionResult> ExecuteAsync(HttpContext context, GraphQLRequest request) => executer.ExecuteAsync(new ExecutionOptions
    {
        Query = request.Query,
        OperationName = request.OperationName,
        Variables = request.Variables,
        Extensions = request.Extensions,
        Root = context.RequestServices.GetRequiredService<Query>(),
        RequestServices = context.RequestServices,
        User = context.User,
        CancellationToken = context.RequestAborted,
        ValidationRules = HttpMethods.IsGet(context.Request.Method) ? RulesOfGet : null,
        UnhandledExceptionDelegate = errors.TranslateAsync,
    });

    async Task WriteAsync(HttpContext context, Answer answer, ExecutionResult result, int? status = null)
    {
        context.Response.StatusCode = status ?? answer.StatusOf(result.Executed);
        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            context.Response.Headers.Allow = result.Errors?[0].Code == QueriesOnly.Code ? "POST" : "GET, POST";
        context.Response.ContentType = $"{answer.MediaType}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await serializer.WriteAsync(context.Response.Body, result, context.RequestAborted);
    }
}
