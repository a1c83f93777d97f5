using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Tests.Support;

/// <summary>Parses and checks manifests.</summary>
internal static class ManifestInput
{
    /// <summary>A Deployment with one finding, of the rule legacy-mode, on line 11.</summary>
    public static string LegacyDeployment { get; } =
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "legacy-deployment.yaml"));

    public static ManifestFile File(string text, string name = "input.yaml") => File(Encoding.UTF8.GetBytes(text), name);

    public static ManifestFile File(byte[] bytes, string name = "input.yaml") => ManifestFile.Read(new InputFile(name, () => new MemoryStream(bytes)));

    /// <summary>The only document of a valid text.</summary>
    public static ManifestNode Document(string text)
    {
        var file = File(text);
        return file.Error is null && file.Documents.Count == 1
            ? file.Documents[0]
            : throw new InvalidOperationException($"{file.Error?.ToString() ?? "sound"}, {file.Documents.Count} documents");
    }

    public static string Json(ManifestNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static CheckReport Check(params ManifestFile[] files) => Check(new ReviewSettings { DefaultRegion = "eu-west-1" }, files);

    public static CheckReport Check(ReviewSettings settings, params ManifestFile[] files) =>
        new ManifestCheck(settings, NodeTable.Empty, readConfigMaps: true).Check(files);
}
