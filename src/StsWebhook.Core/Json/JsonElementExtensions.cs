using System.Text.Json;

namespace StsWebhook.Core.Json;

/// <summary>Reads optional members as Kubernetes does: a null counts as an absent member.</summary>
public static class JsonElementExtensions
{
    /// <summary>The member, or an undefined element where it is absent or null.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : default;

    /// <summary>The member's text, or null where it is absent or not a string.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name).Text();

    /// <summary>The element's text, or null where it is not a string.</summary>
    public static string? Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>
    /// Whether the element is defined: false for the result of <see cref="Member"/> where the member is absent.
    /// </summary>
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
