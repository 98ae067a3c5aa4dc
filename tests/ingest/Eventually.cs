using System.Runtime.CompilerServices;

namespace Homer.Search.Tests.Ingest;

/// <summary>
/// Waits for what other threads bring about. How long it takes is no part of any assertion; the bound only ends a test that hangs.
/// </summary>
static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        for (long started = TimeProvider.System.GetTimestamp(); !condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"It never came about that {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
