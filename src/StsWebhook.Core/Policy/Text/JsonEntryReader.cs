using System.Text.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Reads the settings of a JSON text: each string belongs to the member that it stands under.</summary>
internal static class JsonEntryReader
{
    /// <summary>Reads <paramref name="document"/> and disposes of it.</summary>
    public static IEnumerable<ConfigEntry> Read(JsonDocument document, string key, ParseBudget nesting)
    {
        using (document)
        {
            foreach (var setting in Read(document.RootElement, key, nesting))
            {
                yield return setting;
            }
        }
    }

    private static IEnumerable<ConfigEntry> Read(JsonElement element, string key, ParseBudget nesting)
    {
        // A stack of our own: nested iterators would cost the depth again for each value.
        var pending = new Stack<(JsonElement Element, string Key)>();
        pending.Push((element, key));
        while (pending.TryPop(out var current))
        {
            switch (current.Element.ValueKind)
            {
                case JsonValueKind.Object:
                    var name = NameOf(current.Element);
                    foreach (var member in current.Element.EnumerateObject())
                    {
                        yield return new ConfigEntry(current.Key, member.Name, IsWhole: false);
                        var its = name is not null && NameValueConvention.IsValue(member.Name) ? name : member.Name;
                        pending.Push((member.Value, KeyClassifier.Nearest(its, current.Key)));
                    }

                    break;
                case JsonValueKind.Array when AreArguments(current.Element):
                    var words = current.Element.EnumerateArray().Select(item => new ShellWord(item.GetString()!)).ToArray();
                    foreach (var setting in CommandLineEntryReader.Read(words, current.Key, nesting.Inner()))
                    {
                        yield return setting;
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in current.Element.EnumerateArray())
                    {
                        pending.Push((item, current.Key));
                    }

                    break;
                case JsonValueKind.String:
                    foreach (var setting in TextEntryReader.Read(current.Element.GetString()!, current.Key, nesting.Inner()))
                    {
                        yield return setting;
                    }

                    break;
            }
        }
    }

    /// <summary>The name that an object gives to its value, or null.</summary>
    private static string? NameOf(JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && NameValueConvention.IsName(member.Name))
            {
                return member.Value.GetString();
            }
        }

        return null;
    }

    /// <summary>Whether an array is the words of a command line: strings, with a flag among them.</summary>
    private static bool AreArguments(JsonElement array)
    {
        var hasFlag = false;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            hasFlag |= item.GetString() is ['-', _, ..];
        }

        return hasFlag;
    }
}
