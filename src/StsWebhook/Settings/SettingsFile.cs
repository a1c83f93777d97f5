using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Files;

namespace StsWebhook.Settings;

/// <summary>Parses the settings file: a JSON object whose nested objects form the dotted keys.</summary>
internal static class SettingsFile
{
    /// <summary>Returns the settings in the order of the file.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is not a JSON object of texts, numbers and
    /// booleans.</exception>
    public static List<RawSetting> Read(PolledFile file)
    {
        var path = file.Path;
        if (path.Length == 0)
        {
            throw new ConfigurationException("--config: '' is not allowed: expected a file");
        }

        var read = file.Read();
        if (!read.IsRead)
        {
            throw new ConfigurationException($"{path}: cannot be read: {read.Error.Message}");
        }

        if (!JsonInput.TryParse(read.Content, out var document, out var error))
        {
            throw new ConfigurationException($"{path}: {error}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ConfigurationException($"{path}: expected an object");
            }

            var settings = new List<RawSetting>();
            Collect(document.RootElement, prefix: string.Empty, path, settings);
            return settings;
        }
    }

    private static void Collect(JsonElement element, string prefix, string path, List<RawSetting> settings)
    {
        foreach (var member in element.EnumerateObject())
        {
            var key = prefix + member.Name;
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Collect(member.Value, key + ".", path, settings);
                    break;
                case JsonValueKind.Array or JsonValueKind.Null:
                    throw new ConfigurationException($"{path}: {key}: expected a text, a number, a boolean or an object");
                default:
                    settings.Add(new RawSetting(key, member.Value.ToString(), path));
                    break;
            }
        }
    }
}
