using System.CommandLine;

namespace Homer.Search.Server.Commands;

static class DoctorCommand
{
    public static Command Create() => new("doctor");
    public static void AddTo(Command c) { }
}
