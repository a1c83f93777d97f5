using Xunit;

namespace StsWebhook.Core.Tests;

public class SmokeTests
{
    [Fact]
    public void One() => Assert.True(true);
}
