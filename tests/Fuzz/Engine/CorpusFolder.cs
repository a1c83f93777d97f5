using System.Security.Cryptography;

namespace StsWebhook.Fuzz.Engine;

/// <summary>The inputs of a target that are committed.</summary>
/// <param name="root">The folder, which has one folder for each target.</param>
/// <param name="target">The target.</param>
internal sealed class CorpusFolder(string root, IFuzzTarget target)
{
    /// <summary>Larger inputs are not committed.</summary>
    private const int MostBytes = 2048;

    private readonly string folder = Path.Combine(root, target.Name);

    /// <summary>The file name of an input, derived from its content.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));

    /// <summary>Reads the inputs in a fixed order.</summary>
    public IEnumerable<byte[]> Read() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    /// <summary>Writes those of <paramref name="inputs"/> that reach edges which neither the seeds nor a smaller input reach.</summary>
    public void Write(IEnumerable<byte[]> inputs)
    {
        var minimal = new Campaign(target, seed: 0);
        minimal.Replay(target.Seeds());
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        foreach (var input in inputs.Where(input => input.Length <= MostBytes).OrderBy(input => input.Length))
        {
            var edges = minimal.Report().Edges;
            minimal.Replay([input]);
            if (minimal.Report().Edges > edges)
            {
                File.WriteAllBytes(Path.Combine(folder, NameOf(input)), input);
            }
        }
    }
}
