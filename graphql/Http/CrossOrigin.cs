using Microsoft.AspNetCore.Http;

namespace Homer.Search.Api.Http;

/// <summary>
/// Keeps other sites from using a visitor's browser against this server. Browsers say where a request comes from (Fetch Metadata, else Origin);
/// programs say neither and are not concerned.
/// </summary>
static class CrossOrigin
{
    public static RefusedException Refused() => new(StatusCodes.Status403Forbidden, "CROSS_ORIGIN", "Another site's page may not ask here.");

    public static bool IsForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");

        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
