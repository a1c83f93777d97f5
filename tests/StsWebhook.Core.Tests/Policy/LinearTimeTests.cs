using System.Text;
using System.Text.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>Texts that are made to be slow, each a megabyte.</summary>
[Collection(TimedTests.Name)]
[Trait("Speed", "Timed")]
public class LinearTimeTests
{
    private const string Host = "sts.amazonaws.com";

    public static readonly TheoryData<string> Repeated =
    [
        "\"", "'", "'\"", "\"'\" ", "\\\"", "\\", "=", "a=", "=a", ":", "a:", "://", "\"=", "\"a\":", "$(", "$()", "$(a", ")", "(",
        "[", "{", "[{", "]", "{\"a\":", "{\"a\":\"", "[\"", "[ ", "{ \"", "&", "?", "|", ";", "; ", "#", "# ", ",", ", ", ".", "@", "-", "--a ", "--a=",
        "- ", "- a:\n", "a:\n", "a: b\n", "\n", "\r\n", "\\\n", "\\n", "\\u0041", "%", "%2", "%2e", "${a:-", "${", "-Da=", "a b ",
        "\u3002", "\uFB06", "\u4E2D", "\u00AD", "\uD835\uDC2C", " ", "\t", "aA",
        "sts-global.", "sts-global.us-east-2", "sts-global.us-east-2.amazonaws.com.", Host, Host + ",", Host + " ", Host + "\n", Host + ":", Host + "@", "@" + Host, "https://" + Host + "@", "/" + Host, "." + Host,
        "https://" + Host + " ", "a=" + Host + " ", "aud=" + Host + "&", "--host " + Host + " ", "host: " + Host + "\n", "legacy ",
        "<", "<a ", "<a b=", "<a b='", "</a>", "<!--", "<![CDATA[", "<name>", "<value>" + Host, "&#46;", "env ", "env -i ", "env -u ", "unset ", "unset AWS_REGION ",
        "exec ", "exec -c ", "sed s/a/b/ ", "s/", "s/\\/", "echo a | ", "echo " + Host + "; ", "grep " + Host + "; ", "a=b ", "- --a\n", "- name: a\n  value: " + Host + "\n",
        "a(", "f(a, ", "= ", "a = ", "a: ", "x => ", "{a=", ",a=", "a[0]=", "/*\n", "// ", "!a=b\n", "a {\n", "a|\\\n ", "server a:1\n", "| default ", "set $host ", "a: &b c\n", "(a = ",
        "sts.", "sts-", "sts.us-east-1", "sts.us-east-1.", "sts.us-east-1.amazonaws.com ", "vpce-a.sts.us-east-1.vpce.amazonaws.com ", "https://sts.us-east-1.amazonaws.com/ ",
        "/", "https:/", "https:\\", "\\t", "h\tt", "https:/\t", "https://sts.ama\tzonaws.com ", "https:/" + Host + "\\", "https:\\/@" + Host, "https://%73", "=https:",
        "sts_regional_endpoints = legacy\n", "AWS_STS_REGIONAL_ENDPOINTS ", "$AWS_REGION=aws-global ", "echo 'a: " + Host + "' | ",
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Evaluate_RepeatedPattern_TakesTimeInProportion(string pattern) => Growth.IsLinear(
        length => Fill(pattern, length) + " " + Host,
        text =>
        {
            var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, new PodRegion(RegionSource.Node, "eu-west-1"));
            evaluator.Evaluate(new FieldLocation("env", "variable"), "VARIABLE", text);
            evaluator.Evaluate(new FieldLocation("env", "variable"), "VARIABLE", $"<a>{text}</a>");
            evaluator.EvaluateCommand(new FieldLocation("args", "argument"), ["sh", "-c", text]);
        });

    [Fact]
    public void Evaluate_LongJsonKeyOverManyHosts_TakesTimeInProportion() => Growth.IsLinear(
        length => $$"""{"{{new string('k', length / 2)}}":[{{Fill($"\"{Host}\",", length / 2)}}"{{Host}}"]}""", Evaluate);

    [Fact]
    public void Evaluate_LongFlagBeforeManyHosts_TakesTimeInProportion() => Growth.IsLinear(
        length => $"--{new string('k', length / 2)} '{Fill(Host + " ", length / 2)}'", Evaluate);

    [Fact]
    public void Evaluate_LongYamlKeyOverManyHosts_TakesTimeInProportion() => Growth.IsLinear(
        length => $"{new string('k', length / 2)}:\n{Fill($"  - {Host}\n", length / 2)}", Evaluate);

    [Fact]
    public void Evaluate_LongVariableNameOverManyHosts_TakesTimeInProportion() => Growth.IsLinear(
        length => (Name: new string('K', length / 2), Value: Fill(Host + " ", length / 2)),
        variable => new PolicyEvaluator(new PolicySettings(), Severity.Deny, default)
            .Evaluate(new FieldLocation("env", "variable"), variable.Name, variable.Value));

    [Fact]
    public void Evaluate_JsonOfManyPairs_TakesTimeInProportion() => Growth.IsLinear(
        length => $$"""{{{Fill("\"name\":\"a\",\"value\":\"sts.amazonaws.com\",", length)}}"x":1}""", Evaluate);

    [Fact]
    public void Evaluate_JsonOfManyFlags_TakesTimeInProportion() => Growth.IsLinear(
        length => $"[{Fill("\"--host\",\"sts.amazonaws.com\",", length)}\"x\"]", Evaluate);

    [Fact]
    public void Evaluate_JsonWithinJson_TakesTimeInProportion() => Growth.IsLinear(
        length =>
        {
            var text = Fill(Host + " ", length / 8);
            for (var i = 0; i < 4; i++)
            {
                text = JsonSerializer.Serialize(new[] { text });
            }

            return text;
        },
        Evaluate);

    [Fact]
    public void Evaluate_EverDeeperIndent_TakesTimeInProportion() => Growth.IsLinear(
        length =>
        {
            var text = new StringBuilder();
            for (var indent = 0; text.Length < length; indent++)
            {
                text.Append(' ', indent).Append("a:\n");
            }

            return text.Append(Host).ToString();
        },
        Evaluate);

    [Fact]
    public void EvaluateCommand_ManyArguments_TakesTimeInProportion() => Growth.IsLinear(
        length => Enumerable.Repeat("--host=" + Host, length / 24).ToArray(),
        arguments => new PolicyEvaluator(new PolicySettings(), Severity.Deny, default)
            .EvaluateCommand(new FieldLocation("args", "argument"), arguments));

    private static void Evaluate(string text) => new PolicyEvaluator(new PolicySettings(), Severity.Deny, default)
        .Evaluate(new FieldLocation("env", "variable"), "VARIABLE", text);

    private static string Fill(string pattern, int length) =>
        new StringBuilder(length + pattern.Length).Insert(0, pattern, (length / pattern.Length) + 1).ToString();
}
