using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public sealed class RegionSourceTests
{
    [Fact]
    public void Name_OfEach_IsItsOwnInLowerCase() => Assert.All(
        Enum.GetValues<RegionSource>(), source => Assert.Equal(source.ToString().ToLowerInvariant(), source.Name()));
}
