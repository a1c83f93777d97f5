namespace StsWebhook.Tests.Observability;

/// <summary>A panel, and what its expressions came to.</summary>
internal sealed record PanelData(
    Dashboard.Panel Panel, IReadOnlyList<(Dashboard.Target Target, IReadOnlyList<Series> Series)> Answers);
