using StsWebhook.Core.Json;
using StsWebhook.Fuzz.Coverage;
using StsWebhook.Fuzz.Tests.Support;
using Xunit;

namespace StsWebhook.Fuzz.Tests.Coverage;

[Collection(TracedTests.Name)]
public sealed class InstrumentedAssembliesTests
{
    [Fact]
    public void InstrumentedCode_WhenRun_RecordsItsEdges()
    {
        Edges("{}");

        Assert.NotEmpty(Edges("{}"));
        Assert.Equal(Edges("{}"), Edges("{}"));
        Assert.NotEqual(Edges("{}"), Edges("{\"a\":\"\\ud800\"}"));
    }

    [Fact]
    public void Literals_OfTheCode_AreCollected()
    {
        Assert.Contains("AWS_STS_REGIONAL_ENDPOINTS", InstrumentedAssemblies.Literals, StringComparer.Ordinal);
        Assert.True(InstrumentedAssemblies.Blocks > 5_000);
    }

    private static int[] Edges(string json)
    {
        EdgeTrace.Begin();
        if (JsonInput.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out var document, out _))
        {
            document.Dispose();
        }

        return EdgeTrace.Edges.ToArray();
    }
}
