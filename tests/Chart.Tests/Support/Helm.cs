using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>The real helm, which <c>.ci/install-chart-tools</c> installs. It does not contact a cluster.</summary>
internal static class Helm
{
    public const string Namespace = "sts-webhook";

    private static readonly string Binary = Repository.PathOf(".tools/bin/helm");

    /// <summary>Renders the chart as <c>helm install</c> would send it, tests included.</summary>
    public static RenderedManifests Template(params IEnumerable<string> options) => RenderedManifests.Parse(TryTemplate(options).OutputOrThrow());

    /// <summary>Renders the chart with values that it may reject.</summary>
    public static CommandLine.Outcome TryTemplate(params IEnumerable<string> options) =>
        Run(["template", "sts-webhook", Repository.Chart, "--namespace", Namespace, .. options]);

    public static CommandLine.Outcome Run(params IEnumerable<string> arguments)
    {
        Assert.SkipUnless(File.Exists(Binary), "helm is not installed: run .ci/install-chart-tools");
        return CommandLine.Run(Binary, arguments);
    }

    /// <summary>The helm options for a file of <c>ci/</c>.</summary>
    public static string[] Ci(string name) => ["--values", Path.Combine(Repository.Chart, "ci", name + "-values.yaml")];

    /// <summary>Every file of <c>ci/</c>, by its feature.</summary>
    public static TheoryData<string> Features => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Chart, "ci"))
        .Select(file => Path.GetFileName(file).Replace("-values.yaml", string.Empty, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];
}
