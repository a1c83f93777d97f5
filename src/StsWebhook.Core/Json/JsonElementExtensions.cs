using System.Text.Json;

namespace StsWebhook.Core.Json;

/// <summary>Reads optional members the way Kubernetes does: a null is an absent member.</summary>
public static class JsonElementExtensions
{
    /// <summary>The member, or an undefined element where there is none or it is null.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : default;

    /// <summary>The member's text, or null where there is none or it is no string.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name).Text();

    /// <summary>The element's text, or null where it is no string.</summary>
    public static string? Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Whether the element is there at all.</summary>
    public static bool Exists(this JsonElement element) => element.ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether the member is the string <paramref name="expected"/>.</summary>
    public static bool Is(this JsonElement element, ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected)
    {
        var member = element.Member(name);
        return member.ValueKind == JsonValueKind.String && member.ValueEquals(expected);
    }

    /// <summary>The items of an array; none where the element is absent.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    /// <summary>The members of an object; none where the element is absent.</summary>
    public static JsonElement.ObjectEnumerator Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default;
}
