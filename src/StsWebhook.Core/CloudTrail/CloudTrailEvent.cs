using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// Reads what an event of CloudTrail says of STS
/// (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
/// </summary>
public static class CloudTrailEvent
{
    /// <summary>The longest text that is kept, in characters. CloudTrail itself cuts user agents at 1 KB.</summary>
    private const int MaxText = 512;

    /// <summary>The member that makes an object an event.</summary>
    private static ReadOnlySpan<byte> EventSource => "eventSource"u8;

    /// <summary>Where <c>aws cloudtrail lookup-events</c> has the event, as a text.</summary>
    private static ReadOnlySpan<byte> Wrapped => "CloudTrailEvent"u8;

    private static ReadOnlySpan<byte> Service => "sts.amazonaws.com"u8;

    /// <summary>Whether an object can be an event at all.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> utf8) => utf8.IndexOf(EventSource) >= 0 || MayBeEscaped(utf8);

    /// <summary>
    /// Reads one object. Most events in a log are not of STS, and are told apart without parsing them.
    /// </summary>
    /// <param name="utf8">A JSON object.</param>
    /// <param name="error">Why the object cannot be read, or null.</param>
    /// <returns>The call, or null where it is none of STS.</returns>
    public static StsCall? Read(ReadOnlyMemory<byte> utf8, out string? error)
    {
        error = null;
        if (utf8.Span.IndexOf(Service) < 0 && !MayBeEscaped(utf8.Span))
        {
            return null;
        }

        if (!JsonInput.TryParse(utf8, out var document, out error))
        {
            return null;
        }

        using (document)
        {
            var root = document.RootElement;
            return root.Text(Wrapped) is { } text && root.Text(EventSource) is null
                ? Read(Encoding.UTF8.GetBytes(text), out error)
                : Read(root);
        }
    }

    private static StsCall? Read(JsonElement root)
    {
        if (!root.Is(EventSource, Service))
        {
            return null;
        }

        var time = root.Member("eventTime"u8) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var known)
            ? known
            : (DateTimeOffset?)null;
        var details = root.Member("additionalEventData"u8).Member("RequestDetails"u8);
        var host = CalledHost.Parse(root.Member("tlsDetails"u8).Text("clientProvidedHostHeader"u8));
        var signs = (details.Is("endpointType"u8, "global"u8) ? GlobalEndpointEvidence.EndpointType : GlobalEndpointEvidence.None) | host.Sign;
        return new StsCall(time, signs, signs == GlobalEndpointEvidence.None ? null : CallerOf(root, details, host));
    }

    private static Caller CallerOf(JsonElement root, JsonElement details, CalledHost host) => new(
        Cut(Principal.Format(root.Member("userIdentity"u8))),
        Cut(root.Text("userAgent"u8)),
        Cut(root.Text("vpcEndpointId"u8) ?? root.Text("sourceIPAddress"u8)),
        Cut(details.Text("awsServingRegion"u8) ?? host.Region ?? root.Text("awsRegion"u8)));

    private static string Cut(string? text) => text switch
    {
        null => string.Empty,
        { Length: > MaxText } => string.Concat(text.AsSpan(0, MaxText - 1), "…"),
        _ => text,
    };

    /// <summary>JSON may write any character as an escape, though CloudTrail does so with few.</summary>
    private static bool MayBeEscaped(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\u"u8) >= 0;
}
