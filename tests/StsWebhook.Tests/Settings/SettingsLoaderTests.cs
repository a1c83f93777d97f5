using System.Collections;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Policy;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Settings;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>For every key: a value other than the default, as written in a file and in an environment variable.</summary>
    private static readonly Dictionary<string, (string Json, string Variable, string Value, Func<ServerSettings, object?> Read, object? Expected)> Samples =
        new(StringComparer.Ordinal)
        {
            ["httpsPort"] = ("""{"httpsPort":9443}""", "HTTPS_PORT", "9443", s => s.Startup.HttpsPort, 9443),
            ["managementPort"] = ("""{"managementPort":"9080"}""", "MANAGEMENT_PORT", "9080", s => s.Startup.ManagementPort, 9080),
            ["tls"] = ("""{"tls":"files"}""", "TLS", "Files", s => s.Startup.Tls, TlsMode.Files),
            ["tlsDir"] = ("""{"tlsDir":"/tls"}""", "TLS_DIR", "/tls", s => s.Startup.TlsDirectory, "/tls"),
            ["clientCa"] = ("""{"clientCa":"ca.crt"}""", "CLIENT_CA", "ca.crt", s => s.Startup.ClientAuthoritiesFile, "ca.crt"),
            ["certificates.secret"] =
                ("""{"certificates":{"secret":"tls.v2"}}""", "CERTIFICATES__SECRET", "tls.v2", s => s.Startup.Certificates.Secret, "tls.v2"),
            ["certificates.service"] =
                ("""{"certificates":{"service":"hook"}}""", "CERTIFICATES__SERVICE", "hook", s => s.Startup.Certificates.Service, "hook"),
            ["certificates.namespace"] =
                ("""{"certificates":{"namespace":"infra"}}""", "CERTIFICATES__NAMESPACE", "infra", s => s.Startup.Certificates.Namespace, "infra"),
            ["certificates.webhookConfiguration"] = (
                """{"certificates":{"webhookConfiguration":"hooks"}}""",
                "CERTIFICATES__WEBHOOK_CONFIGURATION",
                "hooks",
                s => s.Startup.Certificates.WebhookConfiguration,
                "hooks"),
            ["certificates.extraNames"] = (
                """{"certificates":{"extraNames":"hook.example, 10.0.0.1"}}""",
                "CERTIFICATES__EXTRA_NAMES",
                "hook.example, 10.0.0.1",
                s => s.Startup.Certificates.ExtraNames,
                "hook.example, 10.0.0.1"),
            ["shutdownDelay"] = (
                """{"shutdownDelay":0}""", "SHUTDOWN_DELAY", "0", s => s.Startup.ShutdownDelay, TimeSpan.Zero),
            ["reviewMemory"] = ("""{"reviewMemory":64}""", "REVIEW_MEMORY", "64", s => s.Startup.ReviewMemory, 64L * 1024 * 1024),
            ["cluster"] = ("""{"cluster":"in-cluster"}""", "CLUSTER", "In-Cluster", s => s.Startup.Cluster, ClusterMode.InCluster),
            ["kubeconfig"] = ("""{"kubeconfig":"admin.conf"}""", "KUBECONFIG", "admin.conf", s => s.Startup.Kubeconfig, "admin.conf"),
            ["nodes"] = ("""{"nodes":"nodes.json"}""", "NODES", "nodes.json", s => s.Startup.NodesFile, "nodes.json"),
            ["region"] = ("""{"region":"eu-west-1"}""", "REGION", "eu-west-1", s => s.Reloadable.Review.DefaultRegion, "eu-west-1"),
            ["logLevel"] = ("""{"logLevel":"debug"}""", "LOG_LEVEL", "Debug", s => s.Reloadable.LogLevel, LogLevel.Debug),
            ["metrics.namespaceLabel"] =
                ("""{"metrics":{"namespaceLabel":true}}""", "METRICS__NAMESPACE_LABEL", "true", s => s.Startup.CountByNamespace, true),
            ["policy.enforce"] =
                ("""{"policy":{"enforce":"audit"}}""", "POLICY__ENFORCE", "audit", s => s.Reloadable.Review.Policy.Enforce, Enforcement.Audit),
            ["policy.workloads"] =
                ("""{"policy":{"workloads":"off"}}""", "POLICY__WORKLOADS", "off", s => s.Reloadable.Review.Policy.Workloads, Severity.Off),
            ["policy.configMaps"] =
                ("""{"policy":{"configMaps":"deny"}}""", "POLICY__CONFIG_MAPS", "deny", s => s.Reloadable.Review.Policy.ConfigMaps, Severity.Deny),
            ["injection.region"] =
                ("""{"injection":{"region":false}}""", "INJECTION__REGION", "false", s => s.Reloadable.Review.Injection.Region, false),
            ["injection.readConfigMaps"] =
                ("""{"injection":{"readConfigMaps":false}}""", "INJECTION__READ_CONFIG_MAPS", "false", s => s.Startup.ReadConfigMaps, false),
            ["injection.extraEnv.*"] = (
                """{"injection":{"extraEnv":{"AWS_USE_FIPS_ENDPOINT":true}}}""",
                "INJECTION__EXTRA_ENV__AWS_USE_FIPS_ENDPOINT",
                "True",
                s => Assert.Single(s.Reloadable.Review.Injection.ExtraVariables).Name,
                "AWS_USE_FIPS_ENDPOINT"),
        };

    public static TheoryData<string> Keys => [.. SettingKeys.All.Select(key => key.Name)];

    public static TheoryData<string> Flags => [.. SettingKeys.All.Where(key => key.Flag is not null).Select(key => key.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Keys))]
    public void Load_KeyInTheFile_IsSet(string key)
    {
        var (json, _, _, read, expected) = Sample(key);

        Assert.Equal(expected, read(Load(json)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Load_KeyInTheEnvironment_IsSet(string key)
    {
        var (_, variable, value, read, expected) = Sample(key);

        Assert.Equal(expected, read(Load(file: null, environment: (variable, value))));
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Load_KeyAsAFlag_IsSet(string key)
    {
        var (_, _, value, read, expected) = Sample(key);

        Assert.Equal(expected, read(Load(file: null, flag: (key, value))));
    }

    [Fact]
    public void Load_NoSource_ReturnsTheDefaults()
    {
        var settings = Load(file: null);

        Assert.Equal((8443, 8080), (settings.Startup.HttpsPort, settings.Startup.ManagementPort));
        Assert.Equal(Enforcement.Deny, settings.Reloadable.Review.Policy.Enforce);
        Assert.Equal(Severity.Warn, settings.Reloadable.Review.Policy.Workloads);
        Assert.Equal(Severity.Warn, settings.Reloadable.Review.Policy.ConfigMaps);
        Assert.False(settings.Startup.CountByNamespace);
        Assert.Equal(LogLevel.Information, settings.Reloadable.LogLevel);
        Assert.Null(settings.Reloadable.Review.DefaultRegion);
        Assert.Null(settings.Startup.NodesFile);
    }

    [Theory]
    [InlineData("eu-west-1", null, null, "eu-west-1")]
    [InlineData("eu-west-1", "eu-west-2", null, "eu-west-2")]
    [InlineData("eu-west-1", null, "eu-west-3", "eu-west-3")]
    [InlineData("eu-west-1", "eu-west-2", "eu-west-3", "eu-west-3")]
    [InlineData(null, "eu-west-2", "eu-west-3", "eu-west-3")]
    public void Load_SeveralSources_LastOneWins(string? file, string? variable, string? flag, string expected)
    {
        var settings = Load(
            file is null ? null : $$"""{"region":"{{file}}"}""",
            variable is null ? null : ("REGION", variable),
            flag is null ? null : ("region", flag));

        Assert.Equal(expected, settings.Reloadable.Review.DefaultRegion);
    }

    [Fact]
    public void Load_DifferentKeysInDifferentSources_AllApply()
    {
        var settings = Load("""{"policy":{"enforce":"warn","rules":{"legacy-mode":"off"}}}""", ("POLICY__RULES__GLOBAL_REGION", "warn"), ("region", "eu-west-1"));

        Assert.Equal(Enforcement.Warn, settings.Reloadable.Review.Policy.Enforce);
        Assert.Equal(Severity.Off, settings.Reloadable.Review.Policy.SeverityOf(Rule.Find("legacy-mode")!));
        Assert.Equal(Severity.Warn, settings.Reloadable.Review.Policy.SeverityOf(Rule.Find("global-region")!));
        Assert.Equal("eu-west-1", settings.Reloadable.Review.DefaultRegion);
    }

    [Fact]
    public void Load_SameExtraVariableTwice_LastOneWins()
    {
        var settings = Load("""{"injection":{"extraEnv":{"A":"file","B":"file"}}}""", ("INJECTION__EXTRAENV__A", "variable"));

        Assert.Equal(["A", "B"], settings.Reloadable.Review.Injection.ExtraVariables.Select(v => v.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("INJECTION__EXTRA_ENV__AWS__Region", "AWS__Region")]
    [InlineData("injection__extraEnv___x_", "_x_")]
    public void Load_ExtraVariableInTheEnvironment_KeepsItsName(string variable, string expected) =>
        Assert.Equal(expected, Assert.Single(Load(file: null, environment: (variable, "{region}")).Reloadable.Review.Injection.ExtraVariables).Name);

    [Fact]
    public void Load_VariablesWithoutThePrefix_AreIgnored()
    {
        // Kubernetes itself sets variables of this form for a Service named sts-webhook.
        var environment = new Hashtable(StringComparer.Ordinal)
        {
            ["STS_WEBHOOK_SERVICE_HOST"] = "10.0.0.1",
            ["STS_WEBHOOK_PORT"] = "tcp://10.0.0.1:443",
            ["HTTPS_PORT"] = "1",
            ["ASPNETCORE_URLS"] = "http://*:1",
        };

        var settings = new SettingsLoader(file: null, [], environment).Load();

        Assert.Equal(new StartupSettings(), settings.Startup);
        Assert.Equal(new ReloadableSettings { Review = settings.Reloadable.Review }, settings.Reloadable);
    }

    [Theory]
    [InlineData("""{"bogus":1}""", "bogus: unknown setting: expected one of httpsPort, managementPort, tls,")]
    [InlineData("""{"policy":{"enforced":"deny"}}""", "policy.enforced: unknown setting: expected one of")]
    [InlineData("""{"policy":"deny"}""", "policy: unknown setting: expected one of")]
    [InlineData("""{"policy":{"rules":{"bogus-rule":"deny"}}}""", "policy.rules.bogus-rule: unknown setting: expected one of")]
    [InlineData("""{"injection":{"extraEnv":"A"}}""", "injection.extraEnv: unknown setting: expected one of")]
    [InlineData("""{"httpsPort":-1}""", "httpsPort: '-1' is not allowed: expected a port from 0 to 65535")]
    [InlineData("""{"httpsPort":8443.5}""", "httpsPort: '8443.5' is not allowed: expected a port from 0 to 65535")]
    [InlineData("""{"managementPort":"65536"}""", "managementPort: '65536' is not allowed: expected a port from 0 to 65535")]
    [InlineData("""{"tls":"off"}""", "tls: 'off' is not allowed: expected ")]
    [InlineData("""{"tls":"0"}""", "tls: '0' is not allowed: expected ")]
    [InlineData("""{"certificates":{"secret":"A"}}""", "certificates.secret: 'A' is not allowed: expected the name of an object")]
    [InlineData("""{"certificates":{"service":"-a"}}""", "certificates.service: '-a' is not allowed: expected the name of an object")]
    [InlineData("""{"certificates":{"namespace":"a..b"}}""", "certificates.namespace: 'a..b' is not allowed: expected the name of a namespace")]
    [InlineData("""{"certificates":{"webhookConfiguration":"a/b"}}""", "certificates.webhookConfiguration: 'a/b' is not allowed: expected the name of an object")]
    [InlineData("""{"certificates":{"extraNames":"a,,b"}}""", "certificates.extraNames: 'a,,b' is not allowed: expected host names and IP addresses")]
    [InlineData("""{"shutdownDelay":601}""", "shutdownDelay: '601' is not allowed: expected seconds from 0 to 600")]
    [InlineData("""{"shutdownDelay":"5s"}""", "shutdownDelay: '5s' is not allowed: expected seconds from 0 to 600")]
    [InlineData("""{"tlsDir":""}""", "tlsDir: '' is not allowed: expected a directory")]
    [InlineData("""{"cluster":"yes"}""", "cluster: 'yes' is not allowed: expected ")]
    [InlineData("""{"nodes":""}""", "nodes: '' is not allowed: expected a file")]
    [InlineData("""{"region":"eu"}""", "region: 'eu' is not allowed: expected the name of a region, such as eu-west-1")]
    [InlineData("""{"region":"aws-global"}""", "region: 'aws-global' is not allowed: expected the name of a region, such as eu-west-1")]
    [InlineData("""{"logLevel":"loud"}""", "logLevel: 'loud' is not allowed: expected trace, debug, information, warning, error")]
    [InlineData("""{"logLevel":"none"}""", "logLevel: 'none' is not allowed: expected trace, debug, information, warning, error")]
    [InlineData("""{"metrics":{"namespaceLabel":"yes"}}""", "metrics.namespaceLabel: 'yes' is not allowed: expected true, false")]
    [InlineData("""{"policy":{"enforce":"1"}}""", "policy.enforce: '1' is not allowed: expected deny, warn, audit")]
    [InlineData("""{"policy":{"enforce":"deny,warn"}}""", "policy.enforce: 'deny,warn' is not allowed: expected deny, warn, audit")]
    [InlineData("""{"policy":{"workloads":"audit"}}""", "policy.workloads: 'audit' is not allowed: expected deny, warn, off")]
    [InlineData("""{"policy":{"rules":{"legacy-mode":"error"}}}""", "policy.rules.legacy-mode: 'error' is not allowed: expected deny, warn, off")]
    [InlineData("""{"injection":{"extraEnv":{"1A":"x"}}}""", "injection.extraEnv.1A: 'x' is not allowed: expected a variable name")]
    [InlineData("""{"injection":{"extraEnv":{"A":"{zone}"}}}""", "injection.extraEnv.A: '{zone}' is not allowed: expected a variable name")]
    [InlineData("""{"injection":{"extraEnv":{"AWS_REGION":"x"}}}""", "injection.extraEnv.AWS_REGION: 'x' is not allowed")]
    [InlineData("""{"policy":{"enforce":["deny"]}}""", "policy.enforce: expected a text, a number, a boolean or an object")]
    [InlineData("""{"policy":null}""", "policy: expected a text, a number, a boolean or an object")]
    [InlineData("""{"region":"a\nb"}""", "region: 'a b' is not allowed")]
    [InlineData("[]", "expected an object")]
    [InlineData("", "not JSON: line 1, byte 1")]
    [InlineData("{\"policy\":\n {\"enforce\" \"deny\"}}", "not JSON: line 2, byte 13")]
    public void Load_UnusableFile_IsReportedInOneLine(string json, string expected)
    {
        var file = folder.Write("settings.json", json);

        var message = Assert.Throws<ConfigurationException>(() => new SettingsLoader(file, [], new Hashtable()).Load()).Message;

        Assert.StartsWith($"{file}: {expected}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("")]
    public void Load_FileThatCannotBeRead_IsReportedInOneLine(string name)
    {
        var path = folder[name];

        var message = Assert.Throws<ConfigurationException>(() => new SettingsLoader(path, [], new Hashtable()).Load()).Message;

        Assert.StartsWith($"{path}: cannot be read: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnusableVariable_IsReportedByItsName()
    {
        var message = Assert.Throws<ConfigurationException>(() => Load(file: null, environment: ("POLICY__ENFORCE", "block"))).Message;

        Assert.Equal("STS_WEBHOOK__POLICY__ENFORCE: POLICY.ENFORCE: 'block' is not allowed: expected deny, warn, audit", message);
    }

    [Fact]
    public void Load_InvalidValueThatALaterSourceOverrides_IsRejected() =>
        Assert.Throws<ConfigurationException>(() => Load("""{"region":"nowhere"}""", environment: null, ("region", "eu-west-1")));

    [Fact]
    public void File_ChangesOnlyAfterTheLastLoad()
    {
        var loader = new SettingsLoader(folder.Write("settings.json", "{}"), [], new Hashtable());
        loader.Load();
        Assert.False(loader.File!.Read().HasChanged);

        folder.Write("settings.json", "{ }");
        loader.Load();
        Assert.False(loader.File.Read().HasChanged);
    }

    [Fact]
    public void File_NoConfigFlag_IsNull() => Assert.Null(new SettingsLoader(file: null, [], new Hashtable()).File);

    private static (string Json, string Variable, string Value, Func<ServerSettings, object?> Read, object? Expected) Sample(string key)
    {
        const string Rules = "policy.rules.";
        if (!key.StartsWith(Rules, StringComparison.Ordinal))
        {
            return Samples[key];
        }

        var rule = Rule.Find(key[Rules.Length..])!;
        return (
            "{\"policy\":{\"rules\":{\"" + rule + "\":\"off\"}}}",
            "POLICY__RULES__" + rule.Name.ToUpperInvariant().Replace('-', '_'),
            "off",
            s => s.Reloadable.Review.Policy.SeverityOf(rule),
            Severity.Off);
    }

    private ServerSettings Load(string? file, (string Name, string Value)? environment = null, (string Key, string Value)? flag = null)
    {
        var variables = new Hashtable(StringComparer.Ordinal);
        if (environment is { } variable)
        {
            variables["STS_WEBHOOK__" + variable.Name] = variable.Value;
        }

        return new SettingsLoader(
            file is null ? null : folder.Write("settings.json", file),
            flag is { } f ? [new RawSetting(f.Key, f.Value, "--flag")] : [],
            variables).Load();
    }
}
