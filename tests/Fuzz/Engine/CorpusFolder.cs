using System.Security.Cryptography;

namespace StsWebhook.Fuzz.Engine;

/// <summary>The inputs of a target that are kept in the repository.</summary>
/// <param name="root">The folder, which has one folder for each target.</param>
/// <param name="target">The target.</param>
internal sealed class CorpusFolder(string root, IFuzzTarget target)
{
    /// <summary>Larger ones are left to those who find them again.</summary>
    private const int MostBytes = 2048;

    private readonly string folder = Path.Combine(root, target.Name);

    /// <summary>The name of an input, which its content gives it.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));

    /// <summary>The inputs, in an order that does not change.</summary>
    public IEnumerable<byte[]> Read() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    /// <summary>Keeps of <paramref name="inputs"/> those that take edges which neither the seeds take nor a smaller input does.</summary>
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
