using System.Reflection;
using Homer.Search.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Homer.Search.Web;

/// <summary>The pages for people: rendered on the server, no script, no resource from elsewhere.</summary>
public static class WebHosting
{
    /// <summary>Nothing is loaded but our own style sheet and icon, nothing is sent but to us, and nobody frames us.</summary>
    const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static readonly byte[] StyleSheet = ReadStyleSheet();

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        return services;
    }

    /// <summary>Needs <c>AddWeb</c>, <c>AddApi</c>, a store, a <see cref="TimeProvider"/> and the ingest status among the services.</summary>
    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/homer.css", (HttpContext context) =>
        {
            context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=3600";
            return Results.Bytes(StyleSheet, "text/css; charset=utf-8");
        });
        endpoints.MapRazorComponents<App>()
            .DisableAntiforgery()
            .Add(page =>
            {
                RequestDelegate render = page.RequestDelegate!;
                page.RequestDelegate = context =>
                {
                    Forbid(context.Response.Headers);
                    return render(context);
                };
            });
        return endpoints;
    }

    static void Forbid(IHeaderDictionary headers)
    {
        headers[HeaderNames.ContentSecurityPolicy] = ContentSecurityPolicy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers[HeaderNames.CacheControl] = "no-store";
    }

    static byte[] ReadStyleSheet()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("homer.css")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
