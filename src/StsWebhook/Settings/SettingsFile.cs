using System.Security.Cryptography;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Settings;

/// <summary>Reads a settings file: a JSON object, whose objects nest as the dots in a key say.</summary>
internal static class SettingsFile
{
    /// <summary>The settings of the file, in its order.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is not such an object.</exception>
    public static List<RawSetting> Read(string path)
    {
        if (path.Length == 0)
        {
            throw new ConfigurationException("--config: '' is not allowed: expected a file");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read: {e.Message}");
        }

        if (!JsonInput.TryParse(bytes, out var document, out var error))
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

    /// <summary>The content's hash; null while the file cannot be read, which is a change as well.</summary>
    public static string? Fingerprint(string path)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
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
