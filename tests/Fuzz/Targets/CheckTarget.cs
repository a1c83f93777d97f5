using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;
using StsWebhook.Fuzz.Oracles;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;

namespace StsWebhook.Fuzz.Targets;

/// <summary>Manifests, in YAML and JSON, through <c>check</c> and all its formats.</summary>
internal sealed class CheckTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "check";

    /// <inheritdoc/>
    public int CostFactor => YamlCost.Factor;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        var random = new Random(0);
        var recordings = Fixtures.Files("recordings", "*.json").Select(json => JsonTree.TryParse(json)!.All())
            .SelectMany(all => all.Where(node => node.Children.Exists(child => child.Key == "apiVersion") && node.Children.Count > 3))
            .Select(node => node.ToUtf8());
        return Fixtures.Files("manifests", "*.yaml").Concat(Fixtures.Files("check", "*.yaml")).Concat(recordings)
            .Select(manifest => Headed.Join(Situation.Any(random), manifest)).ToArray();
    }

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, byte[] other, Random random) => Headed.Mutate(
        input,
        other,
        random,
        static (_, random) => Situation.Any(random),
        static (body, other, random) => body is [(byte)'{', ..] ? JsonMutator.Mutate(body, other, random)
            : Encoding.UTF8.GetBytes(TextMutator.Mutate(Encoding.UTF8.GetString(body), Encoding.UTF8.GetString(other), random)));

    /// <inheritdoc/>
    public IEnumerable<byte[]> Smaller(byte[] input) => Headed.Smaller(input, JsonMutator.Smaller);

    /// <inheritdoc/>
    public Action Run(byte[] input)
    {
        var (head, body) = Headed.Split(input);
        var situation = Situation.Of(head);
        var report = Check(body, situation);
        var formats = Formats(report);
        return () => Judge(body, situation, report, formats);
    }

    private static CheckReport Check(byte[] body, Situation situation)
    {
        var settings = situation.Settings with { Policy = situation.Settings.Policy with { Enforce = situation.Enforcement ?? Enforcement.Deny } };
        return new ManifestCheck(settings, situation.Nodes, situation.AreConfigMapsRead)
            .Check([ManifestFile.Read(new InputFile("input.yaml", () => new MemoryStream(body)))]);
    }

    private static (string Json, string Sarif, string Patched) Formats(CheckReport report)
    {
        using var output = new StringWriter();
        TableOutput.Write(report, Terminal.None, output);
        TableOutput.Write(report, new Terminal(HasColours: true, Width: 60), output);
        return (Written(JsonOutput.Write), Written(SarifOutput.Write), Written(PatchedOutput.Write));

        string Written(Action<CheckReport, TextWriter> write)
        {
            output.GetStringBuilder().Clear();
            write(report, output);
            return output.ToString();
        }
    }

    private static void Judge(byte[] body, Situation situation, CheckReport report, (string Json, string Sarif, string Patched) formats)
    {
        var lines = body.Count(b => b is (byte)'\n' or (byte)'\r') + Encoding.UTF8.GetString(body).Count(c => c is '\u0085' or '\u2028' or '\u2029') + 1;
        foreach (var error in report.Errors)
        {
            Holds.That(error.Line is null || (error.Line > 0 && error.Line <= lines), "an error is on a line of the file", () => error.ToString());
            Holds.That(error.Message.Length > 0, "an error says what is wrong", () => error.ToString());
        }

        foreach (var finding in report.Objects.SelectMany(o => o.Findings))
        {
            Holds.That(finding.Line > 0 && finding.Line <= lines, "a finding is on a line of the file", () => $"{finding.Line} of {lines}: {finding}");
        }

        JsonDocument.Parse(formats.Json).Dispose();
        JsonDocument.Parse(formats.Sarif).Dispose();
        if (report.Errors.Count == 0)
        {
            JudgePatched(situation, report, formats.Patched);
        }

        foreach (var pod in situation.AreConfigMapsRead ? [] : report.Objects.Where(o => o is { Kind: "Pod", PodPath.Count: 0 } && o.Source.Node.Text("apiVersion") == "v1"))
        {
            JudgeBeside(situation, pod);
        }
    }

    /// <summary>Patched manifests equal the manifests with the patches applied, and checking them again produces no patch.</summary>
    private static void JudgePatched(Situation situation, CheckReport report, string patched)
    {
        var again = Check(Encoding.UTF8.GetBytes(patched), situation);
        Holds.That(again.Errors.Count == 0, "patched manifests can be read", () => $"{again.Errors[0]}\n{patched}");
        Holds.That(again.Patched == 0, "patched manifests need no patch", () => patched);
        var before = report.Files[0].Documents.Where(d => d is not ScalarNode { Kind: JsonValueKind.Null }).ToArray();
        var after = again.Files[0].Documents;
        Holds.Same($"{before.Length}", $"{after.Count}", "patched manifests are as many as before");
        for (var i = 0; i < before.Length; i++)
        {
            if (!HasInfinity(before[i]) && !report.Objects.Any(o => o.Patch.Length > 0 && report.Files[0].Documents[o.Source.Document] == before[i]))
            {
                Holds.That(
                    JsonNode.DeepEquals(Json(before[i]), Json(after[i])),
                    "manifests that need no patch stay as they are",
                    () => $"expected {ManifestJson.Of(before[i])}, found {ManifestJson.Of(after[i])}");
            }
        }
    }

    /// <summary>JSON can contain numbers that no type can represent: in YAML they are strings, as in Go.</summary>
    private static bool HasInfinity(ManifestNode node) => JsonTree.TryParse(Encoding.UTF8.GetBytes(ManifestJson.Of(node)))!.All()
        .Any(n => n.Kind == JsonValueKind.Number && double.TryParse(n.Text, CultureInfo.InvariantCulture, out var number) && double.IsInfinity(number));

    private static JsonNode? Json(ManifestNode node) => DeepJson.Parse(Encoding.UTF8.GetBytes(ManifestJson.Of(node)));

    /// <summary><c>check</c> and the webhook decide the same about a pod.</summary>
    private static void JudgeBeside(Situation situation, CheckedObject pod)
    {
        var json = Json(pod.Source.Node)!;
        var reviewed = Reviewed.Send(ReviewBody.Of(string.Empty, "pods", json), situation with { Webhook = Webhook.Mutate });
        if (!reviewed.Result.IsAnswered)
        {
            return;
        }

        var answer = AdmissionAnswer.Read(reviewed.Answer, reviewed.Result.Uid);
        Holds.That(answer.IsAllowed == (pod.Decision != AdmissionDecision.Denied), "check denies what the webhook denies", () => $"{pod.Decision} {answer.IsAllowed}");
        Holds.That(
            JsonNode.DeepEquals(answer.Patch is null ? null : DeepJson.Parse(answer.Patch), pod.Patch.IsEmpty ? null : DeepJson.Parse(pod.Patch.Span)),
            "check adds what the webhook adds",
            () => $"{answer.Patch?.Length} {pod.Patch.Length}");
        if (answer.Patch is { } patch)
        {
            PatchedObject.Of(json.AsObject(), patch);
        }
    }
}
