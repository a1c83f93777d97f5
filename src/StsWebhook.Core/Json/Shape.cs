using System.Text;
using System.Text.Json;

namespace StsWebhook.Core.Json;

/// <summary>
/// The expected types of a part of a document. Members that a shape does not name may have any type, and a null counts as
/// an absent member: the API server writes both. Immutable, shared between threads.
/// </summary>
internal sealed class Shape
{
    /// <summary>A string.</summary>
    public static readonly Shape String = new(JsonValueKind.String, "a string");

    /// <summary>True or false. System.Text.Json has a kind for each; a shape uses the first for both.</summary>
    public static readonly Shape Boolean = new(JsonValueKind.True, "a boolean");

    /// <summary>An object with any members.</summary>
    public static readonly Shape AnyObject = new(JsonValueKind.Object, "an object");

    private readonly JsonValueKind kind;
    private readonly string description;
    private readonly (byte[] Name, Shape Shape)[] members;
    private readonly Shape? each;

    private Shape(JsonValueKind kind, string description, (byte[], Shape)[]? members = null, Shape? each = null)
    {
        this.kind = kind;
        this.description = description;
        this.members = members ?? [];
        this.each = each;
    }

    /// <summary>An object whose members, where present, have these shapes.</summary>
    public static Shape Object(params (string Name, Shape Shape)[] members) =>
        new(JsonValueKind.Object, "an object", [.. members.Select(m => (Encoding.UTF8.GetBytes(m.Name), m.Shape))]);

    /// <summary>An object with any names, all members of one shape.</summary>
    public static Shape MapOf(Shape value) => new(JsonValueKind.Object, "an object", each: value);

    /// <summary>An array, all items of one shape; no item may be null.</summary>
    public static Shape ArrayOf(Shape item) => new(JsonValueKind.Array, "an array", each: item);

    /// <summary>The first field of a wrong type, as <c>path: expected an array, found a string</c>; or null.</summary>
    /// <param name="element">The part of the document.</param>
    /// <param name="path">Its field path; empty for the root.</param>
    public ShapeMismatch? Mismatch(JsonElement element, string path) =>
        Find(element) is { } found ? found with { Path = path.Length == 0 ? found.Path.TrimStart('.') : path + found.Path } : null;

    /// <summary>Paths are built on the way back from a mismatch, so that a valid document costs none.</summary>
    private ShapeMismatch? Find(JsonElement element)
    {
        if ((element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind) != kind)
        {
            return new ShapeMismatch(string.Empty, $"expected {description}, found {Describe(element.ValueKind)}");
        }

        foreach (var (name, shape) in members)
        {
            var member = element.Member(name);
            if (member.Exists() && shape.Find(member) is { } found)
            {
                return Within("." + Encoding.UTF8.GetString(name), found);
            }
        }

        return each is null ? null : FindWithin(element, each);
    }

    private static ShapeMismatch? FindWithin(JsonElement element, Shape each)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                if (each.Find(item) is { } found)
                {
                    return Within($"[{index}]", found);
                }

                index++;
            }
        }
        else
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null && each.Find(member.Value) is { } found)
                {
                    return Within($"[{member.Name}]", found);
                }
            }
        }

        return null;
    }

    private static ShapeMismatch Within(string step, ShapeMismatch found) => found with { Path = step + found.Path };

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };
}
