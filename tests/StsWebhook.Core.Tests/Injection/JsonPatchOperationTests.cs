using StsWebhook.Core.Injection;

namespace StsWebhook.Core.Tests.Injection;

public sealed class JsonPatchOperationTests
{
    /// <summary>RFC 6901, 3: in this order, or ~1 in a name would come back as a slash.</summary>
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a/b", "a~1b")]
    [InlineData("a~b", "a~0b")]
    [InlineData("~1/", "~01~1")]
    public void Escape_Name_IsAToken(string name, string token) => Assert.Equal(token, JsonPatchOperation.Escape(name));
}
