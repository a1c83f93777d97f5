using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

/// <summary>Pods that are made to be slow, each a megabyte, through the whole review.</summary>
[Collection(TimedTests.Name)]
[Trait("Speed", "Timed")]
public class LinearTimeTests
{
    [Fact]
    public void Review_ManyOrdinaryContainers_TakesTimeInProportion() => Growth.IsLinear(
        length => Of("", Many(length, i => Object(Member("name", $"c{i}"), Env(Variable("LOG_LEVEL", "info"))[1..^1]))), Review);

    [Fact]
    public void Review_ManyBadVariables_TakesTimeInProportion() => Growth.IsLinear(
        length => Of("", Env(Many(length, i => Variable($"E{i}", "https://sts.amazonaws.com")))), Review);

    [Fact]
    public void Review_ManyContainersThatAreSkippedByName_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(
            Member("sts-webhook.io/skip-containers", Many(length / 2, i => $"x{i}")),
            Many(length / 2, i => Object(Member("name", $"c{i}")))),
        Review);

    [Fact]
    public void Review_ManyBadContainers_TakesTimeInProportion() => Growth.IsLinear(
        length => Of("", Many(length, _ => Env(Variable("E", "https://sts.amazonaws.com")))), Review);

    [Fact]
    public void Review_ManyUnknownKeys_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(Many(length, i => Member($"sts-webhook.io/x{i}", "")), "{}"), Review);

    [Fact]
    public void Review_LongUnknownKey_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(Member("sts-webhook.io/" + new string('x', length), ""), "{}"), Review);

    [Fact]
    public void Review_ManyVariablesThatReadManyAnnotations_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(
            Many(length / 2, i => Member($"a{i}", "")),
            Env(Many(length / 2, i => Reader($"R{i}", $"a{i}")))),
        Review);

    [Fact]
    public void Review_ManyVariablesThatReadOneLongAnnotation_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(
            Member("a", Many(length / 2, _ => "sts.amazonaws.com")),
            Env(Many(length / 2, i => Reader($"R{i}", "a")))),
        Review);

    [Fact]
    public void Review_ManyReferencesToALongVariable_TakesTimeInProportion() => Growth.IsLinear(
        length => Of(
            "",
            Env(Variable("X", Many(length / 2, _ => "sts.amazonaws.com")) + "," + Variable("Y", Many(length / 2, _ => "$(X)")))),
        Review);

    [Fact]
    public void Review_OpenReferences_TakesTimeInProportion() => Growth.IsLinear(
        length => Of("", Env(Variable("X", new StringBuilder().Insert(0, "$(", length / 2) + " sts.amazonaws.com"))), Review);

    private static byte[] Of(string annotations, string containers) => Encoding.UTF8.GetBytes(Support.Review.OfPod(JsonNode.Parse(
        Object("\"metadata\":" + Object("\"annotations\":" + Object(annotations)), $"\"spec\":{Object($"\"containers\":[{containers}]")}"))!
        .AsObject()).ToJsonString());

    private static string Env(string entries) => Object($"\"env\":[{entries}]");

    private static string Variable(string name, string value) => Object(Member("name", name), Member("value", value));

    private static string Reader(string name, string annotation) => Object(
        Member("name", name),
        "\"valueFrom\":" + Object("\"fieldRef\":" + Object(Member("fieldPath", $"metadata.annotations['{annotation}']"))));

    private static string Object(params string[] members) => "{" + string.Join(',', members) + "}";

    private static string Member(string name, string value) => $"\"{name}\":\"{value}\"";

    /// <summary>Items up to a length, parted by commas.</summary>
    private static string Many(int length, Func<int, string> item)
    {
        var text = new StringBuilder(item(0));
        for (var i = 1; text.Length < length; i++)
        {
            text.Append(',').Append(item(i));
        }

        return text.ToString();
    }

    private static void Review(byte[] body)
    {
        var result = new Reviewer(new ReviewSettings()).Review(
            body, Webhook.Mutate, Enforcement.Audit, Fixture.TwoRegions, new ArrayBufferWriter<byte>());
        Assert.True(result.IsAnswered, result.Error);
    }
}
