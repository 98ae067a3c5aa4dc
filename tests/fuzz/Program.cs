using Homer.Search.Tests.Fuzz;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// A target's name first: fuzz it by hand. Anything else is for the tests.
if (args is [not ['-' or '@', ..], ..])
    return ManualRun.Start(args);
return args.Any(static arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
