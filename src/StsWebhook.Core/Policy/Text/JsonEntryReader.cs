using System.Text.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the entries of a JSON text: the key of a string is the name of its member, or of the nearest member around it.
/// </summary>
internal static class JsonEntryReader
{
    /// <summary>Reads <paramref name="document"/> and disposes it.</summary>
    public static IEnumerable<ConfigEntry> Read(JsonDocument document, string key, ParseBudget budget)
    {
        using (document)
        {
            foreach (var entry in Read(document.RootElement, key, budget))
            {
                yield return entry;
            }
        }
    }

    private static IEnumerable<ConfigEntry> Read(JsonElement element, string key, ParseBudget budget)
    {
        // An explicit stack: nested iterators would cost the depth again for each value.
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
                        var memberKey = name is not null && NameValueConvention.IsValue(member.Name) ? name : member.Name;
                        pending.Push((member.Value, KeyClassifier.Nearest(memberKey, current.Key)));
                    }

                    break;
                case JsonValueKind.Array when AreArguments(current.Element):
                    var words = current.Element.EnumerateArray().Select(item => new ShellWord(item.GetString()!)).ToArray();
                    foreach (var entry in CommandLineEntryReader.Read(words, current.Key, budget.Inner()))
                    {
                        yield return entry;
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in current.Element.EnumerateArray())
                    {
                        pending.Push((item, current.Key));
                    }

                    break;
                case JsonValueKind.String:
                    foreach (var entry in TextEntryReader.Read(current.Element.GetString()!, current.Key, budget.Inner()))
                    {
                        yield return entry;
                    }

                    break;
            }
        }
    }

    /// <summary>The name in an object that is a name-value pair; null if it is not one.</summary>
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

    /// <summary>Whether an array contains the words of a command line: only strings, and at least one flag.</summary>
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
