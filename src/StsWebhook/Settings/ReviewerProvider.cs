using StsWebhook.Core.Admission;

namespace StsWebhook.Settings;

/// <summary>The reviewer of the settings that hold at the moment. Requests under way keep the one that they began with.</summary>
internal sealed class ReviewerProvider(ServerSettings settings)
{
    private readonly Lock change = new();
    private ReviewSettings configured = settings.Review;
    private string? fallbackRegion;
    private volatile Reviewer reviewer = new(settings.Review);

    /// <summary>The reviewer to ask.</summary>
    public Reviewer Reviewer => reviewer;

    /// <summary>Lets new settings hold from the next request on.</summary>
    public void Apply(ReviewSettings settings)
    {
        lock (change)
        {
            configured = settings;
            Renew();
        }
    }

    /// <summary>Gives the default region that holds where the settings name none.</summary>
    public void FallBackTo(string region)
    {
        lock (change)
        {
            fallbackRegion = region;
            Renew();
        }
    }

    private void Renew() =>
        reviewer = new Reviewer(configured with { DefaultRegion = configured.DefaultRegion ?? fallbackRegion });
}
