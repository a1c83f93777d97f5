using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace StsWebhook.Fuzz.Coverage;

/// <summary>Loads the fuzzed assemblies with calls of <see cref="EdgeTrace"/>, before the runtime loads them without.</summary>
internal static class InstrumentedAssemblies
{
    private static readonly string[] Readers = ["StsWebhook.CloudTrail", "StsWebhook.Findings", "StsWebhook.Manifests", "StsWebhook.Output"];

    /// <summary>Excludes YamlDotNet's buffer pools: their behaviour depends on earlier runs.</summary>
    private static readonly (string Assembly, Predicate<string> IsMeant)[] Fuzzed =
    [
        ("StsWebhook.Core", _ => true),
        ("sts-webhook", name => Array.Exists(Readers, reader => name.StartsWith(reader, StringComparison.Ordinal))),
        ("YamlDotNet", name => name is "YamlDotNet.Core" or "YamlDotNet.Core.Events" or "YamlDotNet.Core.Tokens"),
    ];

    private static readonly Dictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    private static Instrumenter? instrumenter;

    /// <summary>Number of instrumented blocks.</summary>
    public static int Blocks => instrumenter!.Blocks;

    /// <summary>The string literals of this project's code, sorted.</summary>
    public static IReadOnlyList<string> Literals { get; private set; } = [];

    /// <summary>Runs before any other code of this assembly.</summary>
    [ModuleInitializer]
    internal static void Load()
    {
        if (instrumenter is not null)
        {
            return;
        }

        instrumenter = new Instrumenter();
        AssemblyLoadContext.Default.Resolving += (_, name) => Loaded.GetValueOrDefault(name.Name!);
        foreach (var (assembly, isMeant) in Fuzzed)
        {
            var path = Path.Combine(AppContext.BaseDirectory, "fuzzed", assembly + ".dll");
            using var code = new MemoryStream(instrumenter.Instrument(path, isMeant));
            Loaded[assembly] = AssemblyLoadContext.Default.LoadFromStream(code);
            if (assembly != "YamlDotNet")
            {
                Literals = [.. instrumenter.Literals.Order(StringComparer.Ordinal)];
            }
        }
    }
}
