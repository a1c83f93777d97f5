using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// Reads STS calls from CloudTrail events
/// (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
/// </summary>
public static class CloudTrailEvent
{
    /// <summary>Longer texts are cut, in characters. CloudTrail itself cuts user agents at 1 KB.</summary>
    private const int MaxText = 512;

    /// <summary>The member that every event has.</summary>
    private static ReadOnlySpan<byte> EventSource => "eventSource"u8;

    /// <summary>The member in which <c>aws cloudtrail lookup-events</c> returns the event as a JSON string.</summary>
    private static ReadOnlySpan<byte> Wrapped => "CloudTrailEvent"u8;

    private static ReadOnlySpan<byte> Service => "sts.amazonaws.com"u8;

    /// <summary>Whether an object may be an event. Fast check without parsing.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> utf8) => utf8.IndexOf(EventSource) >= 0 || MayBeEscaped(utf8);

    /// <summary>
    /// Reads one object. Most events in a log are not STS events; they are skipped without parsing them.
    /// </summary>
    /// <param name="utf8">A JSON object.</param>
    /// <param name="error">Why the object cannot be read, or null.</param>
    /// <returns>The STS call; null if the object is not an STS event or cannot be read.</returns>
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

        var time = root.Member("eventTime"u8) is { ValueKind: JsonValueKind.String } text
            && text.TryGetDateTimeOffset(out var known)
            ? known
            : (DateTimeOffset?)null;
        var details = root.Member("additionalEventData"u8).Member("RequestDetails"u8);
        var host = CalledHost.Parse(root.Member("tlsDetails"u8).Text("clientProvidedHostHeader"u8));
        var endpointType =
            details.Is("endpointType"u8, "global"u8) ? GlobalEndpointEvidence.EndpointType : GlobalEndpointEvidence.None;
        var evidence = endpointType | host.Evidence;
        return new StsCall(time, evidence, evidence == GlobalEndpointEvidence.None ? null : ReadCaller(root, details, host));
    }

    private static Caller ReadCaller(JsonElement root, JsonElement details, CalledHost host) => new(
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

    /// <summary>JSON may escape any character, so a keyword can be hidden; CloudTrail escapes only a few.</summary>
    private static bool MayBeEscaped(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\u"u8) >= 0;
}
