using StsWebhook.Core.Admission;

namespace StsWebhook.Settings;

/// <summary>
/// Holds the reviewer for the current settings. Thread-safe: a reload replaces the reviewer as a whole, and requests
/// in progress finish with the reviewer that they started with.
/// </summary>
internal sealed class ReviewerProvider(ReloadableSettings initial)
{
    private readonly Lock change = new();
    private ReviewSettings configured = initial.Review;
    private string? fallbackRegion;
    private volatile Reviewer reviewer = new(initial.Review);

    /// <summary>The reviewer for the next request.</summary>
    public Reviewer Reviewer => reviewer;

    /// <summary>Whether the current settings name a default region, so that no fallback is needed.</summary>
    public bool HasConfiguredRegion
    {
        get
        {
            lock (change)
            {
                return configured.DefaultRegion is not null;
            }
        }
    }

    /// <summary>Applies reloaded settings from the next request on.</summary>
    public void Apply(ReloadableSettings settings)
    {
        lock (change)
        {
            configured = settings.Review;
            Replace();
        }
    }

    /// <summary>Sets the default region that is used while the settings name none.</summary>
    public void SetFallbackRegion(string region)
    {
        lock (change)
        {
            fallbackRegion = region;
            Replace();
        }
    }

    private void Replace() =>
        reviewer = new Reviewer(configured with { DefaultRegion = configured.DefaultRegion ?? fallbackRegion });
}
