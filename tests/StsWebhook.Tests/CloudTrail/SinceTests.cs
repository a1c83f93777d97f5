using System.Globalization;
using StsWebhook.CloudTrail;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

public sealed class SinceTests
{
    private static readonly DateTimeOffset Now = new(2025, 8, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2025-07-31", "2025-07-31T00:00:00.0000000+00:00")]
    [InlineData("2025-07-31T12:30:00Z", "2025-07-31T12:30:00.0000000+00:00")]
    [InlineData("2025-07-31T12:30", "2025-07-31T12:30:00.0000000+00:00")]
    [InlineData("2025-07-31T12:30:00+02:00", "2025-07-31T10:30:00.0000000+00:00")]
    [InlineData("90m", "2025-08-10T10:30:00.0000000+00:00")]
    [InlineData("24h", "2025-08-09T12:00:00.0000000+00:00")]
    [InlineData("7d", "2025-08-03T12:00:00.0000000+00:00")]
    public void TryParse_DateTimeOrAge_IsRead(string text, string expected)
    {
        Assert.True(Since.TryParse(text, Now, out var since));
        Assert.Equal(expected, since.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("-7d")]
    [InlineData("7 d")]
    [InlineData("1.5d")]
    [InlineData("2000000d")]
    [InlineData("99999999999d")]
    [InlineData("31/07/2025")]
    [InlineData("2025-02-30")]
    public void TryParse_Other_IsRefused(string text) => Assert.False(Since.TryParse(text, Now, out _));
}
