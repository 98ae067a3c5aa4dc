using GraphQL;
using Homer.Search.Api.Changes;
using Homer.Search.Api.Exports;
using Homer.Search.Api.Http;
using Homer.Search.Api.Schema;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homer.Search.Api;

/// <summary>
/// Puts the API into a host. The host brings <c>ICaptureStore</c> and <c>IngestStatusSource</c>; <c>RuleFile&lt;CorrelationRules&gt;</c> where not the shipped
/// ones apply, <c>AliasBook</c> where there are aliases, and <c>ChangeKey</c> where something may be changed.
/// </summary>
public static class ApiHosting
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        // The documentation comments of the schema's classes are its descriptions.
        GlobalSwitches.EnableReadDescriptionFromXmlDocumentation = true;

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new RuleFile<CorrelationRules>(CorrelationRules.Shipped));
        services.AddSingleton<CaptureQueries>();
        services.AddScoped<AgentDirectory>();
        services.AddScoped<Query>();
        services.TryAddSingleton(new AliasBook(new RuleFile<AliasTable>(AliasTable.Empty)));
        services.TryAddSingleton(new ChangeKey(null));
        services.AddHttpContextAccessor().AddScoped<AliasChanges>();
        services.AddSingleton<SchemaText>();
        services.AddSingleton<ApiErrors>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<QueryPage>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<ExportEndpoint>();
        services.AddGraphQL(builder => builder
            .AddSystemTextJson()
            .AddAutoSchema<Query>(schema => schema.WithMutation<Mutation>())
            .ConfigureSchema(schema => schema.RegisterTypeMapping<Instant, DateTimeGraphType>())
            .AddGraphTypes(typeof(ApiHosting).Assembly)
            .AddClrTypeMappings(typeof(ApiHosting).Assembly)
            .AddErrorInfoProvider(shown => shown.ExposeCodes = false)
            .AddComplexityAnalyzer(QueryCost.Bound));
        return services;
    }

    /// <summary>Serves <c>/graphql</c> and <c>/export</c>.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map("/graphql", context => context.RequestServices.GetRequiredService<GraphQLEndpoint>().HandleAsync(context));
        endpoints.MapGet("/export/{format}", context => context.RequestServices.GetRequiredService<ExportEndpoint>().HandleAsync(context));
        return endpoints;
    }
}
