using System.Text;
using System.Text.Json;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>Makes small changes to a JSON text that mostly keep it valid.</summary>
internal static class JsonMutator
{
    /// <summary>Limit of the length of a text, unless it was longer before.</summary>
    private const int MostBytes = 32 * 1024;

    private static readonly string[] Bare = ["null", "true", "false", "0", "-1", "1e400", "1.50", "18446744073709551616"];

    /// <summary>Changes <paramref name="json"/>, possibly with parts of <paramref name="other"/>.</summary>
    public static byte[] Mutate(byte[] json, byte[] other, Random random)
    {
        if (random.Next(10) == 0 || JsonTree.TryParse(json) is not { } tree)
        {
            return Encoding.UTF8.GetBytes(TextMutator.Mutate(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(other), random));
        }

        var donor = JsonTree.TryParse(other) ?? tree;
        do
        {
            Change(tree, donor, random);
        }
        while (random.Next(3) > 0);

        var changed = tree.ToUtf8(random.Next(20) == 0 ? JsonLook.Disguised : JsonLook.Plain);
        return changed.Length <= Math.Max(MostBytes, json.Length) ? changed : json;
    }

    /// <summary>Returns the text without each of its parts, large parts first; without single characters if it is not JSON.</summary>
    public static IEnumerable<byte[]> Smaller(byte[] json)
    {
        if (JsonTree.TryParse(json) is not { } tree)
        {
            return Chunks.Without(json);
        }

        return Without(tree);
    }

    private static IEnumerable<byte[]> Without(JsonTree tree)
    {
        foreach (var node in tree.All().ToArray())
        {
            for (var i = 0; i < node.Children.Count; i++)
            {
                var child = node.Children[i];
                node.Children.RemoveAt(i);
                yield return tree.ToUtf8();
                node.Children.Insert(i, child);
            }
        }

        foreach (var text in tree.All().Where(node => node is { Kind: JsonValueKind.String, Text.Length: > 0 }).ToArray())
        {
            var whole = text.Text;
            for (var size = (whole.Length + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
            {
                for (var start = 0; start < whole.Length; start += size)
                {
                    text.Text = whole.Remove(start, Math.Min(size, whole.Length - start));
                    yield return tree.ToUtf8();
                }
            }

            text.Text = whole;
        }
    }

    private static void Change(JsonTree tree, JsonTree donor, Random random)
    {
        var all = tree.All().ToArray();
        var node = Any(all, random);
        var given = Any([.. donor.All()], random).Clone();
        var children = node.Children;
        var at = random.Next(children.Count + 1);
        switch (random.Next(12))
        {
            case 0 or 1 or 2 when Array.FindAll(all, n => n.Kind == JsonValueKind.String) is { Length: > 0 } texts:
                var text = Any(texts, random);
                text.Text = TextMutator.Mutate(text.Text, given.Text, random);
                break;
            case 3:
                node.Become(JsonTree.String(Words.Any(random)));
                break;
            case 4:
                node.Become(random.Next(4) switch
                {
                    0 => JsonTree.Array(),
                    1 => JsonTree.Object(),
                    2 => JsonTree.Array(node),
                    _ => JsonTree.Bare(Any(Bare, random)),
                });
                break;
            case 5 or 6:
                node.Become(given);
                break;
            case 7 when children.Count > 0:
                children.RemoveAt(random.Next(children.Count));
                break;
            case 8 when children.Count > 0:
                var (key, value) = children[random.Next(children.Count)];
                children.Insert(at, (random.Next(2) == 0 ? key : Words.Any(random), value.Clone()));
                break;
            case 9 when children.Count > 0:
                var renamed = random.Next(children.Count);
                children[renamed] = (Words.Any(random), children[renamed].Value);
                break;
            case 10 when random.Next(50) == 0:
                for (var depth = random.Next(300); depth > 0; depth--)
                {
                    given = depth % 2 == 0 ? JsonTree.Array(given) : JsonTree.Object(("a", given));
                }

                node.Become(given);
                break;
            default:
                if (node.Kind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    children.Insert(at, (node.Kind == JsonValueKind.Object ? Words.Any(random) : string.Empty, given));
                }

                break;
        }
    }

    private static T Any<T>(T[] of, Random random) => of[random.Next(of.Length)];
}
