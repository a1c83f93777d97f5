using System.Diagnostics;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The steps of a decision as spans within the span of whoever asks for it. Nothing is measured, nor a clock read,
/// unless somebody listens to <see cref="SourceName"/> and keeps a trace of this very review.
/// </summary>
public static class CoreActivitySource
{
    /// <summary>The name by which tracing listens to the steps.</summary>
    public const string SourceName = "StsWebhook.Core";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a step; null where nobody wants to know. A review that was left out has no steps of its own.</summary>
    internal static Activity? Start(string name) => Activity.Current is null ? null : Source.StartActivity(name);
}
