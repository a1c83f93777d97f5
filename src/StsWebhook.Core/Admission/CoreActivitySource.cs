using System.Diagnostics;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Spans for the steps of a decision, as children of the caller's span. Without a listener for <see cref="SourceName"/> that
/// samples the review, no span is created and no clock is read.
/// </summary>
public static class CoreActivitySource
{
    /// <summary>The name of the source, for tracing to subscribe to.</summary>
    public const string SourceName = "StsWebhook.Core";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the span of a step; null where nothing listens or the review itself has no span.</summary>
    internal static Activity? Start(string name) => Activity.Current is null ? null : Source.StartActivity(name);
}
