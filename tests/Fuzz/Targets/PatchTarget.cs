using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;
using StsWebhook.Fuzz.Oracles;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Fuzz.Targets;

/// <summary>
/// JSON Pointers and JSON Patches: additions to a manifest with aliases, applied by the program and by an independent
/// library.
/// </summary>
internal sealed class PatchTarget : IFuzzTarget
{
    /// <summary>Half of the limit of a manifest, because the values of patches are parts of it.</summary>
    private const int DeepestValue = JsonInput.MaxDepth / 2;

    /// <inheritdoc/>
    public string Name => "patch";

    /// <inheritdoc/>
    public int CostFactor => YamlCost.Factor;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() =>
    [
        Seed("spec: {containers: [{name: a}]}", ["spec", "containers", "0", "env"], ["spec", "containers", "0", "env", "0"]),
        Seed("a: &a {x: [1, 2]}\nb: *a\nc: [*a, *a]\n", ["b", "x", "1"], ["c", "1", "x", "0"], ["c", "0", "y"], ["a", "x", "2"]),
        Seed("metadata: {annotations: {\"a/b~c\": x, \"~1\": {}}}", ["metadata", "annotations", "sts-webhook.io/node-region"], ["metadata", "annotations", "~1", "~0/~01"]),
        Seed("base: &b {k: {}}\nother:\n  <<: *b\n  m: n\n", ["other", "k", "new"], ["base", "k", "0"]),
        .. Fixtures.Files("check", "*.yaml").Select(yaml => Seed(Encoding.UTF8.GetString(yaml), ["metadata", "labels"], ["spec", "x"])),
    ];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, byte[] other, Random random) => JsonMutator.Mutate(input, other, random);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Smaller(byte[] input) => JsonMutator.Smaller(input);

    /// <inheritdoc/>
    public Action Run(byte[] input)
    {
        if (JsonTree.TryParse(input) is not { Children: [(_, var yaml), .. var additions] }
            || Read(Encoding.UTF8.GetBytes(yaml.Text)) is not { } root)
        {
            return static () => { };
        }

        var before = ManifestJson.Of(root);
        var expected = DeepJson.Parse(Encoding.UTF8.GetBytes(before))!;
        var patch = new JsonArray([.. additions.Select(addition => Add(expected, addition.Value)).OfType<JsonNode>()]);
        var after = NodePatch.Apply(root, [], Encoding.UTF8.GetBytes(patch.ToJsonString()));
        return () =>
        {
            Holds.That(JsonNode.DeepEquals(expected, DeepJson.Parse(Encoding.UTF8.GetBytes(ManifestJson.Of(after)))), "two implementations of JSON Patch agree", patch);
            Holds.Same(before, ManifestJson.Of(root), "what a patch is applied to stays as it is");
        };
    }

    private static byte[] Seed(string yaml, params string[][] paths) => JsonTree.Object(
        [("yaml", JsonTree.String(yaml)), .. paths.Select(path => ("add", JsonTree.Array([.. path.Select(JsonTree.String), JsonTree.Object(("v", JsonTree.Bare("1")))])))]).ToUtf8();

    private static MappingNode? Read(byte[] yaml) =>
        ManifestFile.Read(new InputFile("input.yaml", () => new MemoryStream(yaml))) is { Error: null, Documents: [MappingNode root, ..] } ? root : null;

    /// <summary>
    /// Applies, with a library, the addition of a list's last item at the path that the other items form; if the path does not
    /// exist, at its last existing part.
    /// </summary>
    /// <returns>The operation, or null if there is no place to add to.</returns>
    private static JsonObject? Add(JsonNode root, JsonTree addition)
    {
        if (addition.Children is not [.. var steps, (_, var value)] || JsonTree.TryParse(value.ToUtf8()) is not { HasDuplicates: false, Text: not "null", Height: <= DeepestValue })
        {
            return null;
        }

        var path = new StringBuilder();
        var node = root;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = node is JsonArray array ? $"{(uint)steps[i].Value.Text.Length % (uint)(array.Count + 1)}" : steps[i].Value.Text;
            path.Append('/').Append(JsonPatchOperation.Escape(step));
            if (step.Length == 0)
            {
                // The library ignores an empty token at the end of a pointer (in RFC 6901, section 5, "/" is the key "").
                return null;
            }

            var next = node is JsonArray items ? items.ElementAtOrDefault(int.Parse(step, null)) : node[step];
            if (next is not (JsonObject or JsonArray))
            {
                break;
            }

            node = next;
        }

        if (path.Length == 0)
        {
            return null;
        }

        var operation = new JsonObject { ["op"] = "add", ["path"] = path.ToString(), ["value"] = DeepJson.Parse(value.ToUtf8()) };
        JsonSerializer.Deserialize<JsonPatchDocument>(new JsonArray(operation.DeepClone()), DeepJson.Options)!.ApplyTo(root);
        return operation;
    }
}
