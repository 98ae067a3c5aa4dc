using Microsoft.AspNetCore.Http;

namespace Homer.Search.Web.Parts;

/// <summary>A page about something that is not there.</summary>
static class Missing
{
    /// <summary>
    /// The page is shown with status 404. The status is set as the answer starts: set earlier, the renderer would leave the page out.
    /// </summary>
    public static void NotFound(HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
