using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class LabelsTests
{
    [Fact]
    public void Name_EveryWord_IsItsLowerCase()
    {
        Assert.All(Enum.GetValues<Webhook>(), word => Assert.Equal(Lower(word), word.Name()));
        Assert.All(Enum.GetValues<AdmissionDecision>(), word => Assert.Equal(Lower(word), word.Name()));
        Assert.All(Enum.GetValues<Severity>(), word => Assert.Equal(Lower(word), word.Name()));
        Assert.All(Enum.GetValues<Enforcement>(), word => Assert.Equal(Lower(word), word.Name()));
    }

    private static string Lower<T>(T word)
        where T : struct, Enum => Enum.GetName(word)!.ToLowerInvariant();
}
