using System.Net;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>Quality reports as the store gives them back.</summary>
static class ReportDocuments
{
    /// <summary>An RTCP report that goes from one media port to the other's; both ports are those of RTCP.</summary>
    public static Document Rtcp(double milliseconds, string from, string to, params (Field Field, object Value)[] says)
    {
        var batch = new DocumentBatch(DocumentKind.Qos, Folding.Journal);
        int row = batch.AddRow();
        (IPEndPoint source, IPEndPoint destination) = (IPEndPoint.Parse(from), IPEndPoint.Parse(to));
        batch.Set(row, Fields.Timestamp, new Message(milliseconds, "", "", "").Time);
        batch.Set(row, Fields.Sequence, (long)milliseconds);
        batch.Set(row, Fields.SourceIp, source.Address.GetAddressBytes());
        batch.Set(row, Fields.SourcePort, (long)source.Port);
        batch.Set(row, Fields.DestinationIp, destination.Address.GetAddressBytes());
        batch.Set(row, Fields.DestinationPort, (long)destination.Port);
        batch.Set(row, Fields.QosReport, "sender-report");
        foreach ((Field field, object value) in says)
        {
            if (value is double number)
                batch.Set(row, field, number);
            else if (value is string text)
                batch.Set(row, field, text);
            else
                batch.Set(row, field, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
        }

        return BatchRows.Read(batch, 0);
    }
}
