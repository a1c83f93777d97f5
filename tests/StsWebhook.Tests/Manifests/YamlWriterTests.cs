using System.Text.Json;
using CsCheck;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

public sealed class YamlWriterTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char["ab:-# \n\t\"'\\{}[],&*!|>%@`?~.0159eyx_\u00e9\u0085\u2028\ufeff"], 0, 12],
        Gen.OneOf([.. new[]
        {
            "yes", "no", "y", "null", "~", "1", "1e3", "0x1f", "1:30", "2001-01-01", "=", "<<", "---", "...", "- a", "-c", "--region=x",
            "a: b", "a #b", "a:", "{}", "[]", "x\n", "x\n\ny\n\n", "\nx", " x\n y", "x\n\ty", "\ud83d\ude00", "a\r\nb", "|", "?", "$(AWS_REGION)",
        }.Select(Gen.Const)]),
        Gen.String.Where(text => !text.Any(char.IsSurrogate)));

    private static readonly Gen<ManifestNode> Nodes = Gen.Recursive<ManifestNode>((depth, nodes) =>
        depth == 4
            ? Leaves()
            : Gen.Frequency(
                (3, Leaves()),
                (2, nodes.List[0, 3].Select(ManifestNode (items) => new SequenceNode(1, items))),
                (2, Gen.Select(Texts, nodes).List[0, 3].Select(ManifestNode (entries) => new MappingNode(
                    1, [.. entries.DistinctBy(e => e.Item1, StringComparer.Ordinal).Select(e => new MappingEntry(e.Item1, 1, e.Item2))])))));

    [Fact]
    public void Write_Anything_IsReadAsTheSame() => Nodes.Sample(
        node =>
        {
            var yaml = YamlWriter.Write(node);
            return ManifestInput.File(yaml) is { Error: null, Documents: [var read] } && ManifestInput.Json(read) == ManifestInput.Json(node);
        },
        print: node => $"{ManifestInput.Json(node)} became {ManifestInput.File(YamlWriter.Write(node)).Error}\n{YamlWriter.Write(node)}",
        iter: 20_000);

    [Fact]
    public void Write_LongKey_IsReadAsTheSame()
    {
        var node = ManifestInput.Document($"{{\"{new string('k', 2000)}\":{{\"a\":[\"b\"]}}}}");

        Assert.Equal(ManifestInput.Json(node), ManifestInput.Json(ManifestInput.Document(YamlWriter.Write(node))));
    }

    [Fact]
    public void Write_Manifest_LooksLikeKubectls() => Assert.Equal(
        """
        ---
        kind: Pod
        metadata:
          labels: {}
        spec:
          containers:
          - name: app
            args:
            - -c
            - --region=eu-west-1
            - "8080"
            - "yes"
            - |
              set -e

              aws sts get-caller-identity
            - - nested
              - true
            tty: null

        """,
        YamlWriter.Write(ManifestInput.Document(
            """
            {"kind":"Pod","metadata":{"labels":{}},"spec":{"containers":[{"name":"app",
            "args":["-c","--region=eu-west-1","8080","yes","set -e\n\naws sts get-caller-identity\n",["nested",true]],"tty":null}]}}
            """)));

    private static Gen<ManifestNode> Leaves() => Gen.OneOf(
        Texts.Select(ManifestNode (text) => new ScalarNode(1, JsonValueKind.String, text)),
        Gen.Int.Select(ManifestNode (number) => new ScalarNode(1, JsonValueKind.Number, $"{number}")),
        Gen.Bool.Select(ManifestNode (flag) => new ScalarNode(1, flag ? JsonValueKind.True : JsonValueKind.False, flag ? "true" : "false")),
        Gen.Const<ManifestNode>(new ScalarNode(1, JsonValueKind.Null, "null")));
}
