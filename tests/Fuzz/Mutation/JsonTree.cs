using System.Text;
using System.Text.Json;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>A mutable JSON value that permits duplicate keys and numbers that no .NET type can represent.</summary>
internal sealed class JsonTree
{
    private const int MaxDepth = 300;

    private JsonTree(JsonValueKind kind) => Kind = kind;

    /// <summary>The kind of the value; numbers, booleans and null have the kind <see cref="JsonValueKind.Number"/>.</summary>
    public JsonValueKind Kind { get; private set; }

    /// <summary>A string's text, or a number, boolean or null as it is written.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The members of an object or the items of an array, whose keys are empty.</summary>
    public List<(string Key, JsonTree Value)> Children { get; private init; } = [];

    /// <summary>Whether an object in the value has two members with the same name.</summary>
    public bool HasDuplicates =>
        (Kind == JsonValueKind.Object && Children.Select(c => c.Key).Distinct(StringComparer.Ordinal).Count() < Children.Count)
        || Children.Exists(child => child.Value.HasDuplicates);

    /// <summary>The nesting depth; 1 for a value without children.</summary>
    public int Height => 1 + Children.Select(child => child.Value.Height).DefaultIfEmpty().Max();

    /// <summary>A string.</summary>
    public static JsonTree String(string text) => new(JsonValueKind.String) { Text = text };

    /// <summary>A number, a boolean or null.</summary>
    public static JsonTree Bare(string text) => new(JsonValueKind.Number) { Text = text };

    /// <summary>An array of items.</summary>
    public static JsonTree Array(params IEnumerable<JsonTree> items) =>
        new(JsonValueKind.Array) { Children = [.. items.Select(item => (string.Empty, item))] };

    /// <summary>An object of members.</summary>
    public static JsonTree Object(params IEnumerable<(string, JsonTree)> members) => new(JsonValueKind.Object) { Children = [.. members] };

    /// <summary>Parses one value; null if the text is not JSON.</summary>
    public static JsonTree? TryParse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            var tree = reader.Read() ? Read(ref reader) : null;
            return tree is null || reader.Read() ? null : tree;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns a deep copy.</summary>
    public JsonTree Clone() => new(Kind) { Text = Text, Children = [.. Children.Select(c => (c.Key, c.Value.Clone()))] };

    /// <summary>Replaces this value with another value.</summary>
    public void Become(JsonTree other)
    {
        var copy = other.Clone();
        Kind = copy.Kind;
        Text = copy.Text;
        Children.Clear();
        Children.AddRange(copy.Children);
    }

    /// <summary>This value and all its descendants.</summary>
    public IEnumerable<JsonTree> All() => Children.SelectMany(child => child.Value.All()).Prepend(this);

    /// <summary>The JSON text.</summary>
    public byte[] ToUtf8(JsonLook look = JsonLook.Plain)
    {
        var text = new StringBuilder();
        Write(text, look);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static JsonTree Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = Object();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    members.Children.Add((key, Read(ref reader)));
                }

                return members;
            case JsonTokenType.StartArray:
                var items = Array();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Children.Add((string.Empty, Read(ref reader)));
                }

                return items;
            case JsonTokenType.String:
                return String(reader.GetString()!);
            default:
                return Bare(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private void Write(StringBuilder into, JsonLook look)
    {
        if (Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            into.Append(Kind == JsonValueKind.String ? look.Quoted(Text) : Text);
            return;
        }

        var (open, close) = Kind == JsonValueKind.Object ? ('{', '}') : ('[', ']');
        into.Append(open);
        var isFirst = true;
        foreach (var (key, value) in Kind == JsonValueKind.Object ? look.Ordered(Children) : Children)
        {
            into.Append(isFirst ? string.Empty : ",").Append(look.Blank());
            if (Kind == JsonValueKind.Object)
            {
                into.Append(look.Quoted(key)).Append(look.Blank()).Append(':').Append(look.Blank());
            }

            value.Write(into, look);
            isFirst = false;
        }

        into.Append(look.Blank()).Append(close);
    }
}
