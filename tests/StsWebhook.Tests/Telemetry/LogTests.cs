using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

/// <summary>Event ids are what alerts on logs go by: none may come to mean something else.</summary>
public sealed class LogTests
{
    private static readonly (string Method, LoggerMessageAttribute Line)[] Lines =
    [
        .. typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()!)),
    ];

    [Fact]
    public void EventIds_StayAsTheyAre() => Assert.Equal(
        """
        1 Information Listening
        2 Information EphemeralCertificate
        3 Information NodesKnown
        10 Information Denied
        11 Information Warned
        12 Debug Passed
        13 Information Refused
        14 Error Failed
        20 Information SettingsReloaded
        21 Error SettingsRefused
        30 Warning NotPermitted
        31 Warning WatchBroken
        32 Warning NodeUnread
        33 Warning ConfigMapUnread
        34 Information RegionOfInstance
        35 Debug NoInstanceMetadata
        40 Information CertificateLoaded
        41 Error CertificateRefused
        42 Information CertificatesWritten
        43 Warning SecretRefused
        44 Information BundleWritten
        45 Information ConfigurationAwaited
        46 Warning CertificatesUnkept
        47 Warning ClocksDiffer
        48 Error OutOfTurnAgain
        50 Information Draining
        51 Information ClientAuthoritiesLoaded
        52 Error ClientAuthoritiesRefused
        53 Information ClientRefused
        """,
        string.Join('\n', Lines.OrderBy(line => line.Line.EventId).Select(line => $"{line.Line.EventId} {line.Line.Level} {line.Method}")));

    [Fact]
    public void Documentation_NamesEachOfThem()
    {
        var documented = File.ReadLines(Observability.Repository.PathOf("docs/observability.md"))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 2 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
            .Select(cells => int.Parse(cells[1], CultureInfo.InvariantCulture));

        Assert.Equal(Lines.Select(line => line.Line.EventId).Order(), documented);
    }
}
