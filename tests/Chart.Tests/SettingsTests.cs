using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Policy;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>
/// The settings that the chart writes. They are read by the program's own loader, which rejects unknown keys and values,
/// and compared with its table of settings.
/// </summary>
public sealed class SettingsTests
{
    private const string EnvironmentPrefix = "STS_WEBHOOK__";

    /// <summary>The chart's values for settings whose name differs. All other settings have the same name in the chart.</summary>
    private static readonly Dictionary<string, string> ValuePaths = new(StringComparer.Ordinal)
    {
        ["httpsPort"] = "ports.https",
        ["managementPort"] = "ports.management",
        ["region"] = "region.default",
        ["injection.extraEnv.*"] = "injection.extraEnv",
    };

    /// <summary>Settings that the chart derives from values with another meaning, or from the names of its objects.</summary>
    private static readonly string[] Derived =
    [
        "tls", "cluster", "clientCa",
        "certificates.secret", "certificates.service", "certificates.namespace", "certificates.webhookConfiguration",
    ];

    /// <summary>Settings that the chart leaves at their defaults. The value <c>env</c> can set them.</summary>
    private static readonly string[] NotSet = ["tlsDir", "reviewMemory", "kubeconfig", "nodes", "certificates.extraNames"];

    /// <summary>The chart with a value for every setting that it can write.</summary>
    private static readonly Lazy<(V1Container Container, JsonNode Settings)> EverythingSet = new(() => Render([
        .. Helm.Ci("policy"), .. Helm.Ci("injection"), .. Helm.Ci("client-ca"),
        .. Rule.All.SelectMany(rule => (string[])["--set", $"policy.rules.{rule}=warn"])]));

    public static TheoryData<string> Features => [.. Helm.Features.Where(f => f.Data != "outside")];

    public static TheoryData<string> Keys => [.. SettingKeys.All.Select(key => key.Name)];

    public static TheoryData<string> KeysWithAValue =>
        [.. SettingKeys.All.Select(key => key.Name).Except([.. Derived, .. NotSet], StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Features))]
    public void Settings_OfEveryFeature_AreAccepted(string feature) => Load(Helm.Ci(feature));

    /// <summary>A setting that reloads is in the ConfigMap, so that a change creates no new pods; any other is in the environment.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Setting_IsInTheSourceThatItsReloadNeeds(string name)
    {
        var key = SettingKeys.Find(name);
        var (container, settings) = EverythingSet.Value;
        var inFile = Leaves(settings).Exists(leaf => IsKey(key, leaf));
        var inEnvironment = container.Env.Any(variable => variable.Name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)
            && IsKey(key, variable.Name[EnvironmentPrefix.Length..].Replace("__", ".", StringComparison.Ordinal)));

        var isSet = !NotSet.Contains(name, StringComparer.Ordinal);
        Assert.Equal((isSet && key.Reloads, isSet && !key.Reloads), (inFile, inEnvironment));
    }

    [Theory]
    [MemberData(nameof(KeysWithAValue))]
    public void Schema_AllowsWhatTheProgramAllows(string name)
    {
        var key = SettingKeys.Find(name);
        var schema = Schema(ValuePath(key));

        Assert.NotNull(schema);
        if (key.Words is ["true", "false"])
        {
            Assert.Equal("boolean", schema["type"]?.GetValue<string>());
        }
        else if (key.Words.Count > 0)
        {
            Assert.Equal(key.Words, schema["enum"]!.AsArray().Select(word => word!.GetValue<string>()), StringComparer.Ordinal);
        }
        else if (key.Range is var (minimum, maximum))
        {
            // The chart's ports begin at 1024: the container has no right to a lower one.
            Assert.InRange(schema["minimum"]!.GetValue<int>(), minimum, maximum);
            Assert.Equal(maximum, schema["maximum"]!.GetValue<int>());
        }
    }

    [Fact]
    public void Schema_HasNoSettingThatTheProgramLacks()
    {
        var known = SettingKeys.All.Select(ValuePath).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            ((string[])["policy", "injection", "logLevel", "shutdownDelay"]).SelectMany(path => SchemaLeaves(path, Schema(path)!)),
            path => Assert.Contains(path, known));
    }

    [Theory]
    [MemberData(nameof(KeysWithAValue))]
    public void Values_HaveTheProgramsDefaults(string name)
    {
        var key = SettingKeys.Find(name);
        var value = ValuePath(key).Split('.').Aggregate(
            (JsonNode?)YamlParser.Parse(Repository.Text("charts/sts-webhook/values.yaml")).Single(),
            (node, part) => node?[part]);

        // Without a fixed default the value is empty. Rules are listed only to change them.
        Assert.True(
            key.Default is { } expected && value is not null ? value.ToString() == expected : value?.ToString() is null or "" or "{}",
            $"{ValuePath(key)} is {value}, but the program's default is {key.Default}");
    }

    [Fact]
    public void Values_ReachTheProgram()
    {
        var settings = Load([
            .. Helm.Ci("policy"), .. Helm.Ci("injection"),
            "--set", "ports.https=9443,ports.management=9080,injection.region=false,metrics.namespaceLabel=true"]);
        var (startup, review) = (settings.Startup, settings.Reloadable.Review);

        Assert.Equal((9443, 9080, true), (startup.HttpsPort, startup.ManagementPort, startup.CountByNamespace));
        Assert.Equal("eu-west-1", review.DefaultRegion);
        Assert.Equal(Enforcement.Audit, review.Policy.Enforce);
        Assert.Equal((Severity.Deny, Severity.Off), (review.Policy.Workloads, review.Policy.ConfigMaps));
        Assert.Equal(Severity.Deny, review.Policy.SeverityOf(Rule.Find("invalid-mode")!));
        Assert.Equal(
            ["AWS_ENDPOINT_URL_STS", "AWS_USE_FIPS_ENDPOINT"], review.Injection.ExtraVariables.Select(v => v.Name), StringComparer.Ordinal);
        Assert.Equal((false, false), (review.Injection.Region, startup.ReadConfigMaps));
    }

    [Theory]
    [InlineData("region.default=eu-west-1")]
    [InlineData("policy.rules.invalid-mode=deny")]
    [InlineData("injection.extraEnv.X=y")]
    [InlineData("injection.region=false")]
    [InlineData("logLevel=debug")]
    public void ValueThatReloads_ChangesNoPods(string value) =>
        Assert.Equal(PodOf(Helm.Template()), PodOf(Helm.Template("--set", value)));

    [Theory]
    [InlineData("metrics.namespaceLabel=true")]
    [InlineData("injection.readConfigMaps=false")]
    public void ValueThatNeedsARestart_ChangesThePods(string value) =>
        Assert.NotEqual(PodOf(Helm.Template()), PodOf(Helm.Template("--set", value)), StringComparer.Ordinal);

    /// <summary>docs/install.md names the values that need no new pods, with <c>policy</c> for all of its members.</summary>
    [Fact]
    public void Documentation_NamesTheValuesThatReload()
    {
        var names = SettingKeys.All.Where(key => key.Reloads)
            .Select(key => ValuePath(key) is var path && path.StartsWith("policy.", StringComparison.Ordinal) ? "policy" : path)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        var section = Repository.Text("docs/install.md").Split("## Changing values")[1];
        var documented = section[(section.IndexOf('(', StringComparison.Ordinal) + 1)..section.IndexOf(')', StringComparison.Ordinal)]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(name => name.Trim('`'));
        Assert.Equal(names, documented.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string PodOf(RenderedManifests manifests) =>
        manifests.Documents.Single(d => d["kind"]!.ToString() == "Deployment")["spec"]!["template"]!.ToJsonString();

    private static string ValuePath(SettingKey key) => ValuePaths.GetValueOrDefault(key.Name, key.Name);

    private static JsonNode? Schema(string path) => path.Split('.').Aggregate(
        JsonNode.Parse(Repository.Text("charts/sts-webhook/values.schema.json")),
        (schema, part) => schema?["properties"]?[part]);

    private static IEnumerable<string> SchemaLeaves(string path, JsonNode schema) => schema["properties"] is JsonObject members
        ? members.SelectMany(member => SchemaLeaves($"{path}.{member.Key}", member.Value!))
        : [path];

    /// <summary>The dotted keys of a settings file.</summary>
    private static List<string> Leaves(JsonNode? node, string prefix = "") => node is JsonObject members
        ? [.. members.SelectMany(member => Leaves(member.Value, prefix.Length == 0 ? member.Key : $"{prefix}.{member.Key}"))]
        : [prefix];

    /// <summary>Whether a written key is the key of the table, as the loader compares them.</summary>
    private static bool IsKey(SettingKey key, string written) => key.Name.EndsWith('*')
        ? Normalize(written).StartsWith(Normalize(key.Name[..^1]), StringComparison.Ordinal)
        : Normalize(written) == Normalize(key.Name);

    private static string Normalize(string key) =>
        key.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    private static ServerSettings Load(params string[] options)
    {
        var (container, settings) = Render(options);
        using var folder = new TemporaryFolder();
        var environment = container.Env.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
        return new SettingsLoader(folder.Write("settings.json", settings.ToJsonString()), [], environment).Load();
    }

    /// <summary>The container, and the settings file that its arguments name.</summary>
    private static (V1Container Container, JsonNode Settings) Render(params string[] options)
    {
        var manifests = Helm.Template(options);
        var container = manifests.Only<V1Deployment>().Spec.Template.Spec.Containers.Single();
        var mount = container.VolumeMounts.Single(m => m.Name == "settings").MountPath;
        var (name, text) = manifests.All<V1ConfigMap>().Single(c => c.Data.ContainsKey("settings.json")).Data.Single();
        Assert.Equal(["serve", "--config", $"{mount}/{name}"], container.Args, StringComparer.Ordinal);
        return (container, JsonNode.Parse(text)!);
    }
}
