using System.Text;
using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Api;

/// <summary>An export of more than anyone wants to hold: 40,000 messages of one call that nobody ends.</summary>
public sealed class LargeExportTests : ApiTest
{
    const int Messages = 40_000;
    const string Endless = "endless@10.0.0.1";

    /// <summary>Messages read from the store at once, and those whose bytes are.</summary>
    const int Slice = 10_000, Chunk = 200;

    /// <summary>What lies between the server and the reader.</summary>
    const int OnTheWay = 64 * 1024;

    static readonly byte[] Octets = Encoding.ASCII.GetBytes($"OPTIONS sip:a@x SIP/2.0\r\nCall-ID: {Endless}\r\nX-Padding: {new string('x', 400)}\r\n\r\n");

    [Theory]
    [InlineData("pcapng?from=now-1h")]
    [InlineData("json?callId=endless%4010.0.0.1")]
    [InlineData("zip?from=now-1h")]
    public async Task An_export_of_any_length_holds_a_few_slices_of_messages(string address)
    {
        await StoreAsync();
        using HttpResponseMessage answer = await OpenAsync(address);
        await answer.Content.CopyToAsync(Stream.Null, Cancellation);

        // The next slice is there before the one before it is let go, and the next file of a bundle is begun before the last one is.
        Assert.InRange(Api.Store.HandedOut.MostHeld, 1, (3 * Slice) + (2 * Chunk));
        Assert.True(Api.Store.RawReads.Sum() >= Messages, "All of them were exported.");
    }

    [Fact]
    public async Task An_export_reads_no_further_than_its_reader_and_ends_when_that_hangs_up()
    {
        await StoreAsync();
        HttpResponseMessage answer = await OpenAsync("txt?from=now-1h");
        Stream body = await answer.Content.ReadAsStreamAsync(Cancellation);
        byte[] buffer = new byte[4096];
        for (long read = 0; read < 4 * OnTheWay;)
        {
            read += await body.ReadAsync(buffer, Cancellation);
            long ahead = Math.Max(0, Api.Store.RawReads.Sum() - (read / Octets.Length));
            Assert.InRange(ahead, 0, (OnTheWay / Octets.Length) + (2 * Chunk));
        }

        var ended = new TaskCompletionSource();
        await using CancellationTokenRegistration end = Api.Store.LastRequest.Register(ended.SetResult);
        answer.Dispose();

        await ended.Task.WaitAsync(Cancellation);
        Assert.True(Api.Store.RawReads.Sum() < Messages, "The rest is not read any more.");
    }

    [Fact]
    public async Task A_report_says_that_it_draws_only_the_first_messages()
    {
        await StoreAsync();
        using HttpResponseMessage answer = await OpenAsync("html?callId=endless%4010.0.0.1");
        string page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains($"Only the first {CallReport.MostMessages} messages are drawn.", page, StringComparison.Ordinal);
        Assert.Equal(Messages, page.Split("<details>").Length - 1);
    }

    Task<HttpResponseMessage> OpenAsync(string address) =>
        Api.Http.GetAsync(new Uri($"http://localhost/export/{address}"), HttpCompletionOption.ResponseHeadersRead, Cancellation);

    async Task StoreAsync()
    {
        await using ICaptureWriter writer = await Api.Store.OpenWriterAsync(Captures.Journal, Cancellation);
        var batch = new DocumentBatch(DocumentKind.Sip, Captures.Journal);
        for (int number = 0; number < Messages; number++)
        {
            // Behind those that all tests begin with.
            Document message = Message(number, position: 1000 + (8L * number)).AsDocument(Captures.Journal);
            Api.Store.Raw[message.Id] = Octets;
            batch.Add(message);
            if (!batch.IsFull && number < Messages - 1)
                continue;
            await writer.AppendAsync(batch, Cancellation);
            batch.Clear();
        }

        await writer.CommitAsync(1000 + (8L * Messages), [new SampleSummary(Summary(), 1000 + (8L * Messages), Messages)], Cancellation);
    }

    static Sample Message(int number, long position) => new(DocumentKind.Sip)
    {
        [Fields.Timestamp] = Captures.At(number * 0.005),
        [Fields.Sequence] = position,
        [Fields.CallId] = Endless,
        [Fields.SipType] = "request",
        [Fields.Method] = "OPTIONS",
        [Fields.CSeqMethod] = "OPTIONS",
        [Fields.CSeqNumber] = (long)number,
    };

    static Sample Summary() => new(DocumentKind.Call)
    {
        [Fields.CallId] = Endless,
        [Fields.Timestamp] = Captures.At(0),
        [Fields.EventStart] = Captures.At(0),
        [Fields.EventEnd] = Captures.At(Messages * 0.005),
        [Fields.CallMethod] = "INVITE",
    };
}
