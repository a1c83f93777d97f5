using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>The real helm, as <c>.ci/install-chart-tools</c> fetches it. It is asked for no cluster.</summary>
internal static class Helm
{
    public const string Namespace = "sts-webhook";

    private static readonly string Binary = Repository.PathOf(".tools/bin/helm");

    /// <summary>Renders the chart as <c>helm install</c> would send it, tests included.</summary>
    public static RenderedManifests Template(params IEnumerable<string> options) => RenderedManifests.Parse(TryTemplate(options).OutputOrThrow());

    /// <summary>The same, where it may be refused.</summary>
    public static CommandLine.Outcome TryTemplate(params IEnumerable<string> options) =>
        Run(["template", "sts-webhook", Repository.Chart, "--namespace", Namespace, .. options]);

    public static CommandLine.Outcome Run(params IEnumerable<string> arguments)
    {
        Assert.SkipUnless(File.Exists(Binary), "helm is not here: .ci/install-chart-tools fetches it");
        return CommandLine.Run(Binary, arguments);
    }

    /// <summary>The options for a file of <c>ci/</c>.</summary>
    public static string[] Ci(string name) => ["--values", Path.Combine(Repository.Chart, "ci", name + "-values.yaml")];

    /// <summary>Every file of <c>ci/</c>, by the feature that it is for.</summary>
    public static TheoryData<string> Features => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Chart, "ci"))
        .Select(file => Path.GetFileName(file).Replace("-values.yaml", string.Empty, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];
}
