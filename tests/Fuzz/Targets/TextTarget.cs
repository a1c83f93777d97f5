using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;
using StsWebhook.Fuzz.Oracles;

namespace StsWebhook.Fuzz.Targets;

/// <summary>Every text format that the policy reads, in the fields where it reads them.</summary>
internal sealed class TextTarget : IFuzzTarget
{
    private const string Url = "https://sts.amazonaws.com/";

    private static readonly Choice<Func<string, string, JsonObject>> Places = new(
        ("env", static (key, text) => Container("env", new JsonArray(new JsonObject { ["name"] = key, ["value"] = text }))),
        ("script", static (key, text) => Container("command", new JsonArray(key.Length > 0 ? key : "sh", "-c", text))),
        ("args", static (key, text) => Container("args", new JsonArray([key, .. text.Split('\n')]))),
        ("data", static (key, text) => new JsonObject { ["data"] = new JsonObject { [key] = text } }),
        ("annotation", static (key, text) => new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = text } } }),
        ("attribute", static (key, text) => Spec("volumes", new JsonArray(new JsonObject
        {
            ["csi"] = new JsonObject { ["volumeAttributes"] = new JsonObject { [key] = text } },
        }))));

    private static readonly string[] Keys = ["X", "AWS_ENDPOINT_URL_STS", "AWS_STS_REGIONAL_ENDPOINTS", "AWS_REGION", "config", "audience", "app.yaml", "vault.hashicorp.com/agent-inject-template-x"];

    private static readonly Situation Pods = Situation.Of("validate deny two-regions strict unread");

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public int CostFactor => 1;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        var random = new Random(0);
        var texts = Fixtures.Files("manifests", "*.yaml").Concat(Fixtures.Files("check", "*.yaml")).Select(Encoding.UTF8.GetString)
            .Concat(JsonTree.TryParse(Fixtures.Bytes("policy-cases.json"))!.All().Select(node => node.Text)).Where(text => text.Length > 0);
        foreach (var text in texts)
        {
            yield return Headed.Join($"{Places.Any(random)} {Keys[random.Next(Keys.Length)]}", text);
        }

        foreach (var word in Words.All)
        {
            yield return Headed.Join($"{Places.Any(random)} {word.ReplaceLineEndings(" ")}", Url);
        }
    }

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, byte[] other, Random random) => Headed.Mutate(
        input,
        other,
        random,
        static (head, random) => random.Next(2) == 0 || head.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var end)
            ? $"{Places.Any(random)} {(random.Next(2) == 0 ? Words.Any(random).ReplaceLineEndings(" ") : Keys[random.Next(Keys.Length)])}"
            : Places.Any(random) + head[end..],
        static (body, other, random) =>
            Encoding.UTF8.GetBytes(TextMutator.Mutate(Encoding.UTF8.GetString(body), Encoding.UTF8.GetString(other), random)));

    /// <inheritdoc/>
    public IEnumerable<byte[]> Smaller(byte[] input) => Headed.Smaller(input, Chunks.Without);

    /// <inheritdoc/>
    public Action Run(byte[] input)
    {
        var (head, body) = Headed.Split(input);
        var parts = head.Split(' ', 2);
        var (place, key) = (parts[0], parts.ElementAtOrDefault(1) ?? string.Empty);
        var text = Encoding.UTF8.GetString(body);
        var found = Read(place, key, text);
        return () => Judge(place, key, text, found);
    }

    private static void Judge(string place, string key, string text, Reviewed found)
    {
        AdmissionAnswer.Read(found.Answer, found.Result.Uid);
        if (place is "env" or "data" or "attribute")
        {
            JudgeUrl(place, key, $"{Url}\n{text}", "a URL of the global endpoint on the first line is found");
            if (!text.EndsWith('\\'))
            {
                JudgeUrl(place, key, $"{text}\n{Url}", "a URL of the global endpoint on the last line is found");
            }

            if (!text.Contains('\r', StringComparison.Ordinal))
            {
                var dos = Read(place, key, text.Replace("\n", "\r\n", StringComparison.Ordinal));
                Holds.Same(found.Findings, dos.Findings, "the kind of line breaks decides nothing");
            }
        }
    }

    /// <summary>docs/policy.md: "A URL whose host is exactly the global one denies, whatever its key".</summary>
    private static void JudgeUrl(string place, string key, string text, string oracle)
    {
        var found = Read(place, key, text);
        Holds.That(found.Result.Findings.Count > 0, oracle, () => found.Findings);
    }

    private static Reviewed Read(string place, string key, string text)
    {
        var json = Places[place](key, text);
        var reviewed = Reviewed.Send(ReviewBody.Of(string.Empty, place == "data" ? "configmaps" : "pods", json), Pods);
        Holds.That(reviewed.Result.IsAnswered, "every text can be reviewed", () => reviewed.Result.Error!);
        return reviewed;
    }

    private static JsonObject Container(string field, JsonArray value) => Spec("containers", new JsonArray(new JsonObject { [field] = value }));

    private static JsonObject Spec(string field, JsonArray value) => new() { ["spec"] = new JsonObject { [field] = value } };
}
