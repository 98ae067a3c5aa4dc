using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Homer.Search.Api.Changes;

/// <summary>Lets who shows it change things, in the header <c>Homer-Key</c>. Compared in constant time, whatever the length; stands in no log and no error.</summary>
/// <param name="key">Null when nothing may be changed.</param>
public sealed class ChangeKey(string? key)
{
    public const string Header = "Homer-Key";

    /// <summary>Shorter ones are found by trying.</summary>
    public const int ShortestLength = 16;

    readonly byte[]? _hash = key is null ? null : Hash(key);

    /// <exception cref="ChangeRefusedException">Nothing may be changed, or not by who asks.</exception>
    internal void Demand(HttpRequest request)
    {
        if (_hash is null)
        {
            throw new ChangeRefusedException(
                "CHANGES_OFF",
                $"Nothing can be changed over this API: start the server with --change-key (better HOMER_CHANGE_KEY), and send that key in the header {Header}.");
        }

        string shown = request.Headers[Header].ToString();
        if (shown.Length == 0)
            throw new ChangeRefusedException("KEY_MISSING", $"A change needs the key of --change-key in the header {Header}.");
        if (!CryptographicOperations.FixedTimeEquals(_hash, Hash(shown)))
            throw new ChangeRefusedException("KEY_WRONG", $"The key in the header {Header} is not the one of --change-key.");
    }

    static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
