using Homer.Search.Api.Schema;
using Homer.Search.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Api.Changes;

/// <summary>Changes of the aliases that a request asks for; each is logged with the address it came from.</summary>
public sealed class AliasChanges(ChangeKey key, AliasBook book, IHttpContextAccessor http, ILogger<AliasChanges> log)
{
    /// <param name="argument">Where the aliases or their places stand.</param>
    /// <param name="change">Gives all aliases there are then.</param>
    internal IReadOnlyList<NamedPlace> Make(string argument, Func<AliasBook, IReadOnlyList<Alias>> change)
    {
        HttpContext context = http.HttpContext!;
        try
        {
            key.Demand(context.Request);
            IReadOnlyList<Alias> aliases = change(book);
            ApiLog.AliasesChanged(log, aliases.Count, context.Connection.RemoteIpAddress);
            return NamedPlace.Of(aliases);
        }
        catch (ChangeRefusedException refused)
        {
            ApiLog.ChangeRefused(log, refused.Code, context.Connection.RemoteIpAddress);
            throw;
        }
        catch (RuleFileException mistake)
        {
            throw new InputException(argument, $"{argument}[{AliasFile.IndexOf(mistake)}]: {mistake.Mistake}", mistake);
        }
        catch (AliasBookException refused)
        {
            throw new ChangeRefusedException("NOT_CHANGED", $"The aliases were not changed: {refused.Message}", refused);
        }
    }
}
