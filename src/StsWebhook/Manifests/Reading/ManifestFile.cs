using System.Text;
using StsWebhook.Input;

namespace StsWebhook.Manifests.Reading;

/// <summary>A file of manifests.</summary>
/// <param name="Name">The name for messages.</param>
/// <param name="Documents">The documents; if there is an error, those before it.</param>
/// <param name="Error">The reason why the file cannot be used, or null.</param>
internal sealed record ManifestFile(string Name, IReadOnlyList<ManifestNode> Documents, ManifestError? Error)
{
    /// <summary>The endings of file names that are read when a folder is given.</summary>
    public static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Reads a file. Problems are returned in <see cref="Error"/>, not thrown.</summary>
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
    /// A text that starts like JSON is read as JSON and, if that fails, as YAML, because YAML has braces too. kubectl does
    /// the same.
    /// </summary>
    private static void Read(string text, List<ManifestNode> documents)
    {
        try
        {
            if (StartsLikeJson(text))
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
            throw new UnusableManifestException(e.Line,
                $"{e.Message}; if this is a Helm template, check the output of helm template");
        }
    }

    private static bool StartsLikeJson(ReadOnlySpan<char> text) =>
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
