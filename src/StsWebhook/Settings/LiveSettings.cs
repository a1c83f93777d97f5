using StsWebhook.Core.Admission;

namespace StsWebhook.Settings;

/// <summary>The reviewer of the settings that hold at the moment. Requests under way keep the one that they began with.</summary>
internal sealed class LiveSettings(ServerSettings settings)
{
    private volatile Reviewer reviewer = new(settings.Review);

    /// <summary>The reviewer to ask.</summary>
    public Reviewer Reviewer => reviewer;

    /// <summary>Lets new settings hold from the next request on.</summary>
    public void Apply(ReviewSettings settings) => reviewer = new Reviewer(settings);
}
