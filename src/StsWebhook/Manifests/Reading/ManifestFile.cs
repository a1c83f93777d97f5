using System.Text;
using StsWebhook.Input;

namespace StsWebhook.Manifests.Reading;

/// <summary>A file of manifests.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Documents">Its documents; where there is an error, those before it.</param>
/// <param name="Error">Why it cannot be used, or null.</param>
internal sealed record ManifestFile(string Name, IReadOnlyList<ManifestNode> Documents, ManifestError? Error)
{
    /// <summary>How the names of manifests end in a folder.</summary>
    public static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Reads a file.</summary>
    public static ManifestFile Read(InputFile file)
    {
        var name = file.Name;
        if (file.Open is not { } open)
        {
            return new ManifestFile(name, [], new ManifestError(name, Line: null, file.Problem!));
        }

        var documents = new List<ManifestNode>();
        try
        {
            using var stream = open();
            Read(ManifestText.Read(stream), documents);
            return new ManifestFile(name, documents, Error: null);
        }
        catch (UnusableManifestException e)
        {
            return new ManifestFile(name, documents, new ManifestError(name, e.Line, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ManifestFile(name, documents, new ManifestError(name, Line: null, $"cannot be read: {e.Message}"));
        }
    }

    /// <summary>
    /// What begins like JSON is read as JSON, and as YAML where it is no JSON after all, as by kubectl: YAML has
    /// braces too.
    /// </summary>
    private static void Read(string text, List<ManifestNode> documents)
    {
        try
        {
            if (BeginsLikeJson(text))
            {
                ReadJson(text, documents);
            }
            else
            {
                YamlReader.Read(text, documents);
            }
        }
        catch (UnusableManifestException e) when (text.Contains("{{", StringComparison.Ordinal))
        {
            throw new UnusableManifestException(e.Line, $"{e.Message}; if this is a template of Helm, check the output of helm template");
        }
    }

    private static bool BeginsLikeJson(ReadOnlySpan<char> text) =>
        text.TrimStart() is ['{', .. var rest] && rest.TrimStart() is ['"' or '}', ..];

    private static void ReadJson(string text, List<ManifestNode> documents)
    {
        var (values, yaml) = (new List<ManifestNode>(), new List<ManifestNode>());
        try
        {
            JsonReader.Read(Encoding.UTF8.GetBytes(text), values);
        }
        catch (UnusableManifestException notJson)
        {
            try
            {
                YamlReader.Read(text, yaml);
                values = yaml;
            }
            catch (UnusableManifestException)
            {
                documents.AddRange(values);
                throw notJson;
            }
        }

        documents.AddRange(values);
    }
}
