namespace Homer.Search.Tests.Fuzz;

static class FuzzTargets
{
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new HepTarget(), new ProtobufTarget(), new FramerTarget(), new SipTarget(), new SdpTarget(), new RtcpTarget(), new RtcpJsonTarget(), new VqReportTarget(),
        new RtpStatTarget(), new JsonTarget(),
    ];
}
