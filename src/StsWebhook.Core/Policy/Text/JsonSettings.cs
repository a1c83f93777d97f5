using System.Text.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Reads the settings of a JSON text: each string belongs to the member that it stands under.</summary>
internal static class JsonSettings
{
    /// <summary>Reads <paramref name="document"/> and disposes of it.</summary>
    public static IEnumerable<Setting> Read(JsonDocument document, string key, Nesting nesting)
    {
        using (document)
        {
            foreach (var setting in Read(document.RootElement, key, nesting))
            {
                yield return setting;
            }
        }
    }

    private static IEnumerable<Setting> Read(JsonElement element, string key, Nesting nesting)
    {
        // A stack of our own: nested iterators would cost the depth again for each value.
        var pending = new Stack<(JsonElement Element, string Key)>();
        pending.Push((element, key));
        while (pending.TryPop(out var current))
        {
            switch (current.Element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in current.Element.EnumerateObject())
                    {
                        yield return new Setting(current.Key, member.Name, IsWhole: false);
                        pending.Push((member.Value, Keys.Nearest(member.Name, current.Key)));
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in current.Element.EnumerateArray())
                    {
                        pending.Push((item, current.Key));
                    }

                    break;
                case JsonValueKind.String:
                    foreach (var setting in TextSettings.Read(current.Element.GetString()!, current.Key, nesting.Inner()))
                    {
                        yield return setting;
                    }

                    break;
            }
        }
    }
}
