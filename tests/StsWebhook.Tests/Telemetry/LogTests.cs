using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

/// <summary>Operators filter and alert on event ids, so the meaning of an event id must not change.</summary>
public sealed class LogTests
{
    private static readonly (string Method, LoggerMessageAttribute Line)[] Lines =
    [
        .. typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()!)),
    ];

    [Fact]
    public void EventIds_AreStable() => Assert.Equal(
        """
        1 Information Listening
        2 Information EphemeralCertificate
        3 Information NodesFound
        10 Information ReviewDenied
        11 Information ReviewWarned
        12 Debug ReviewAllowed
        13 Information RequestRejected
        14 Error ReviewFailed
        15 Warning ReviewNotJudged
        20 Information SettingsReloaded
        21 Error SettingsRejected
        30 Warning PermissionMissing
        31 Warning WatchFailed
        32 Warning NodeReadFailed
        33 Warning ConfigMapReadFailed
        34 Information InstanceRegionFound
        35 Debug InstanceRegionUnavailable
        40 Information CertificateLoaded
        41 Error CertificateRejected
        42 Information CertificatesWritten
        43 Warning SecretInvalid
        44 Information CaBundleUpdated
        45 Information WebhookConfigurationMissing
        46 Warning RotationFailed
        47 Warning ClocksDiffer
        48 Error RotationLimited
        50 Information Draining
        51 Information ClientAuthoritiesLoaded
        52 Error ClientAuthoritiesRejected
        53 Information ClientRejected
        """,
        string.Join('\n', Lines.OrderBy(line => line.Line.EventId).Select(line => $"{line.Line.EventId} {line.Line.Level} {line.Method}")));

    [Fact]
    public void Documentation_ListsEveryEventId()
    {
        var documented = File.ReadLines(Repository.PathOf("docs/observability.md"))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 2 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
            .Select(cells => int.Parse(cells[1], CultureInfo.InvariantCulture));

        Assert.Equal(Lines.Select(line => line.Line.EventId).Order(), documented);
    }
}
