using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class TextNormaliserTests
{
    [Theory]
    [InlineData("sts%2Eamazonaws%2ecom", "sts.amazonaws.com")]
    [InlineData("%73%74%73", "sts")]
    [InlineData("https%3A%2F%2Fx", "https://x")]
    [InlineData("\uFF05\uFF12\uFF45", ".")]
    [InlineData("%252e", "%252e")]
    [InlineData("%22%5C%7B%20%0A%00%FF", "%22%5C%7B%20%0A%00%FF")]
    [InlineData("100% %2 %zz %", "100% %2 %zz %")]
    [InlineData("stsEndpoint", "stsEndpoint")]
    public void Normalise_Escapes_OfUrlsOnly(string text, string normalised) =>
        Assert.Equal(normalised, TextNormaliser.Normalise(text));
}
