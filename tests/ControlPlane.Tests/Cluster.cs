using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>
/// etcd, kube-apiserver and the native binary as its webhook, all on loopback. There is no kubelet, and no scheduler
/// unless a test starts one: tests bind pods themselves, and check what the API server stores.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    /// <summary>The label that enables the webhook for a namespace.</summary>
    private static readonly JsonObject OptedIn = new() { ["sts-webhook.io/inject"] = "enabled" };

    private readonly TemporaryFolder folder = new();
    private readonly StubAuthority authority = new();
    private ServerProcess? etcd;
    private ServerProcess? server;
    private WebhookProcess? webhook;
    private ApiClient? api;
    private int namespaces;

    internal ApiClient Api => api!;

    internal WebhookProcess Webhook => webhook!;

    internal string Kubeconfig => folder["kubeconfig"];

    public async ValueTask InitializeAsync()
    {
        if (!Assets.AreThere)
        {
            return;
        }

        try
        {
            await StartAsync();
        }
        catch
        {
            // xunit does not dispose of a fixture whose initialization failed.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        foreach (var process in new IAsyncDisposable?[] { webhook, server, etcd })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        authority.Dispose();
        folder.Dispose();
    }

    /// <summary>Starts another webhook for the same cluster, with additional settings.</summary>
    internal Task<WebhookProcess> StartWebhookAsync(params (string Name, string Value)[] environment) =>
        WebhookProcess.StartAsync(Kubeconfig, environment);

    /// <summary>Gives the cluster one node per region, named after the region, and waits until the webhook knows the nodes.</summary>
    internal async Task HaveRegionsAsync(params string[] regions)
    {
        var present = (await Api.GetAsync("/api/v1/nodes")).Json["items"]!.AsArray()
            .Select(node => (string)node!["metadata"]!["name"]!).ToArray();
        foreach (var gone in present.Where(name => !regions.Any(region => name == NodeOf(region))))
        {
            await Api.DeleteAsync($"/api/v1/nodes/{gone}");
        }

        foreach (var region in regions.Where(region => !present.Contains(NodeOf(region), StringComparer.Ordinal)))
        {
            (await Api.PostAsync("/api/v1/nodes", new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = NodeOf(region),
                    ["labels"] = new JsonObject { ["topology.kubernetes.io/region"] = region },
                },
            })).ThrowIfRefused();
        }

        await Eventually.HoldsAsync("the webhook knows the nodes", async () =>
        {
            var series = (await Webhook.MetricsAsync()).Split('\n')
                .Where(line => line.StartsWith("sts_webhook_nodes{", StringComparison.Ordinal)).ToArray();
            return series.Length == regions.Length
                && regions.All(region => series.Contains($$"""sts_webhook_nodes{region="{{region}}"} 1""", StringComparer.Ordinal));
        });
    }

    internal static string NodeOf(string region) => "node-" + region;

    /// <summary>Creates a namespace, waits until the API server calls the webhook for it, and returns its API path.</summary>
    internal async Task<string> NamespaceAsync(JsonObject? furtherLabels = null)
    {
        var name = $"test-{Interlocked.Increment(ref namespaces)}";
        var labels = OptedIn.DeepClone().AsObject();
        foreach (var (key, value) in furtherLabels ?? [])
        {
            labels[key] = value?.DeepClone();
        }

        (await Api.PostAsync("/api/v1/namespaces", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels },
        })).ThrowIfRefused();

        // The API server reads webhook configurations and namespaces asynchronously.
        var path = $"/api/v1/namespaces/{name}";
        await Eventually.HoldsAsync("the API server calls the webhook", async () =>
            await Api.PostAsync($"{path}/pods?dryRun=All", TestPod.Bare("probe")) is { IsSuccess: true } answer
            && TestPod.Env(answer.Json).Count > 0);
        return path;
    }

    /// <summary>Registers a webhook by URL, for namespaces with these labels.</summary>
    internal async Task RegisterAsync(WebhookProcess target, string name, JsonObject namespaceLabels)
    {
        JsonObject Hook(string prefix, string path, params (string Resource, string Operation)[] rules) => new()
        {
            ["name"] = $"{prefix}.{name}",
            ["clientConfig"] = new JsonObject
            {
                ["url"] = $"https://127.0.0.1:{target.HttpsPort}{path}",
                ["caBundle"] = Convert.ToBase64String(File.ReadAllBytes(target.CertificatePath)),
            },
            ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject
            {
                ["apiGroups"] = new JsonArray(string.Empty),
                ["apiVersions"] = new JsonArray("v1"),
                ["operations"] = new JsonArray(rule.Operation),
                ["resources"] = new JsonArray(rule.Resource),
            })]),
            ["namespaceSelector"] = new JsonObject { ["matchLabels"] = namespaceLabels.DeepClone() },
            ["admissionReviewVersions"] = new JsonArray("v1"),
            ["sideEffects"] = "None",
            ["reinvocationPolicy"] = "IfNeeded",
            ["failurePolicy"] = "Fail",
            ["timeoutSeconds"] = 10,
        };

        (await Api.PostAsync("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["webhooks"] = new JsonArray(
                Hook("pods", "/mutate", ("pods", "CREATE"), ("pods/ephemeralcontainers", "UPDATE")),
                Hook("bindings", "/bind", ("pods/binding", "CREATE"), ("bindings", "CREATE"))),
        })).ThrowIfRefused();
    }

    private async Task StartAsync()
    {
        var etcdAddress = $"http://127.0.0.1:{FreePort.Take()}";
        etcd = new ServerProcess(
            "etcd", "--data-dir", folder["etcd"], "--listen-client-urls", etcdAddress, "--advertise-client-urls", etcdAddress,
            "--listen-peer-urls", "http://127.0.0.1:0", "--unsafe-no-fsync");

        var port = FreePort.Take();
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        server = new ServerProcess(
            "kube-apiserver",
            "--etcd-servers", etcdAddress,
            "--bind-address", "127.0.0.1",
            // It refuses to advertise a loopback address by default, and no other machine is in this cluster.
            "--advertise-address", "127.0.0.1",
            "--endpoint-reconciler-type", "none",
            "--secure-port", $"{port}",
            "--cert-dir", folder["certificates"],
            "--tls-cert-file", folder.Write("server.crt", authority.Server.ExportCertificatePem()),
            "--tls-private-key-file", folder.Write("server.key", ServerKey()),
            "--token-auth-file", folder.Write("tokens.csv", $"{token},admin,admin,system:masters\n"),
            "--authorization-mode", "AlwaysAllow",
            "--service-account-issuer", $"https://127.0.0.1:{port}",
            "--service-account-key-file", folder.Write("accounts.key", AccountsKey()),
            "--service-account-signing-key-file", folder["accounts.key"],
            "--service-cluster-ip-range", "10.0.0.0/24",
            // Otherwise pods need a service account, which a controller that is not running creates.
            "--disable-admission-plugins", "ServiceAccount");

        api = new ApiClient(new Uri($"https://127.0.0.1:{port}"), token, authority.Authority);
        await Eventually.HoldsAsync("the API server is ready", async () =>
        {
            etcd.ThrowIfExited();
            server.ThrowIfExited();
            return await api.IsReadyAsync();
        });

        folder.Write("kubeconfig", authority.Kubeconfig($"https://127.0.0.1:{port}", token));
        webhook = await WebhookProcess.StartAsync(Kubeconfig);
        await RegisterAsync(webhook, "sts-webhook.io", OptedIn);
    }

    private string ServerKey()
    {
        using var key = authority.Server.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string AccountsKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
