using System.Text;
using CsCheck;
using StsWebhook.Manifests.Output;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

/// <summary>Sound manifests, cut, doubled and sprinkled with what YAML reads as something special.</summary>
public sealed class BrokenInputTests
{
    private const string Sound = """
        # Source: a.yaml
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Pod
          metadata: &meta {name: "a", annotations: {a/b: 'x'}}
          spec:
            containers:
            - name: app
              args: [--x, "\u00e9", 'it''s']
              env: &env
              - {name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}
              - name: TEXT
                value: |
                  one
                  two
            - <<: *meta
              env: *env
        ---
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": *meta, "data": {"a": "sts.amazonaws.com"}}
        """;

    private static readonly Gen<string> Pieces = Gen.OneOf(
        [.. new[]
        {
            "\t", "\n", "\r", " ", "  ", "-", "- ", ":", ": ", "?", ",", "[", "]", "{", "}", "{{", "#", "&a ", "*a", "*env", "!", "!!int ", "|", ">", "'",
            "\"", "%", "@", "`", "<<: ", "---\n", "...\n", "\\", "\\U00110000", "\0", "\u0085", "\u2028", "\ufeff", "\ud800", "~", "yes", "0x", "1e999",
            "kind: Pod\n", "items:\n", "spec: ", "null",
        }.Select(Gen.Const)]);

    private static readonly Gen<string> Texts = Gen.Select(Gen.Int[0, Sound.Length], Gen.Int[0, 40], Pieces)
        .Array[0, 6]
        .Select(edits => edits.Aggregate(Sound, (text, edit) =>
        {
            var at = Math.Min(edit.Item1, text.Length);
            return text[..at] + edit.Item3 + text[Math.Min(at + edit.Item2, text.Length)..];
        }));

    [Fact]
    public void Check_AnyText_EndsInAReport() => Texts.Sample(
        text =>
        {
            var report = ManifestInput.Check(ManifestInput.File(Encoding.UTF8.GetBytes(text)));
            using var output = new StringWriter();
            TableOutput.Write(report, Terminal.None, output);
            JsonOutput.Write(report, output);
            SarifOutput.Write(report, output);
            PatchedOutput.Write(report, output);
            return report.Errors.All(e => e.Line is null or > 0);
        },
        iter: 5_000);
}
