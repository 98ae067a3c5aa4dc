using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homer.Search.Api;

/// <summary>Puts the API into a host. The host brings <c>ICaptureStore</c>, <c>IngestStatusSource</c> and, if not the system's, a clock.</summary>
public static class ApiHosting
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CaptureQueries>();
        return services;
    }

    /// <summary>Serves <c>/graphql</c>.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints) => endpoints;
}
