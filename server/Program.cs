using Homer.Search.Server.Commands;

return await HomerCommand.RunAsync(args, Console.Error);
