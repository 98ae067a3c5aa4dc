using Microsoft.AspNetCore.Http;

namespace Homer.Search.Api.Http;

/// <summary>The body of a request, up to a bound.</summary>
static class RequestBody
{
    /// <summary>Octets. Queries are written by people and small programs.</summary>
    public const int Largest = 1024 * 1024;

    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Largest)
            throw TooLarge();

        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > Largest)
                throw TooLarge();
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    static RefusedException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "REQUEST_TOO_LARGE", $"The request is longer than {Largest} octets.");
}
