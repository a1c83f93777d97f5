using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using StsWebhook.Clients.Tests.Kubelet;
using StsWebhook.Tests.Support;

namespace StsWebhook.Clients.Tests.Situations;

/// <summary>Admits a pod like a cluster: native binary, API server, binding to a node.</summary>
internal sealed class AdmittedPod
{
    private const string Settings = "aws-settings";
    private const string Keys = "aws-keys";

    private readonly ClientScenario situation;
    private readonly JsonNode review;
    private readonly NamespaceObjects objects;

    /// <param name="situation">The cluster.</param>
    /// <param name="credentials">The credentials of the pod.</param>
    /// <param name="tokenFile">The path of its token.</param>
    public AdmittedPod(ClientScenario situation, Credentials credentials, string tokenFile)
    {
        this.situation = situation;
        var env = new JsonArray([.. CredentialsOf(credentials, tokenFile), .. OwnRegion()]);
        var envFrom = ConfigMap is null ? new JsonArray() : [Named("configMapRef", Settings)];
        review = ClusterReview.Pod(new JsonObject { ["env"] = env, ["envFrom"] = envFrom }.ToJsonString());
        objects = new NamespaceObjects(
            Data(Settings, ConfigMap?.ToDictionary(entry => entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal) ?? []),
            Data(Keys, new(StringComparer.Ordinal) { ["id"] = "AKIDEXAMPLE", ["secret"] = "example" }));
    }

    private JsonObject? ConfigMap =>
        situation.ConfigMapRegion is { } region ? new JsonObject { ["AWS_REGION"] = region } : null;

    /// <summary>The environment of the pod's container.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync()
    {
        var pod = situation.IsBefore ? Object(review) : await AdmitAsync();
        return ContainerEnvironment.Of(pod, "shell", objects);
    }

    private async Task<JsonNode> AdmitAsync()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed(situation.NodeRegions.Select((region, i) => StubCluster.Node($"node-{i}", region)));
        if (ConfigMap is { } data)
        {
            server.Cluster.PutConfigMap(ClusterReview.Namespace, Settings, data);
        }

        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, ExtraEnv());
        var pod = Patched(review, await webhook.MutateAsync(review));
        var binding = ClusterReview.Binding($"node-{situation.NodeRegions.Length - 1}");
        var bound = Patched(binding, await webhook.BindAsync(binding));
        return Bind(pod, bound);
    }

    /// <summary>Copies the annotations of a Binding to its pod, as the API server does.</summary>
    private static JsonNode Bind(JsonNode pod, JsonNode binding)
    {
        pod["spec"]!["nodeName"] = (string)binding["target"]!["name"]!;
        foreach (var (key, value) in binding["metadata"]!["annotations"]?.AsObject() ?? [])
        {
            pod["metadata"]!["annotations"] ??= new JsonObject();
            pod["metadata"]!["annotations"]![key] = value!.DeepClone();
        }

        return pod;
    }

    private (string Name, string Value)[] ExtraEnv() => situation.Recipe is { } recipe
        ? [.. Recipe.ExtraEnv(recipe).Select(entry => ($"STS_WEBHOOK__INJECTION__EXTRA_ENV__{entry.Key}", entry.Value))]
        : [];

    private static JsonNode Patched(JsonNode review, Answer answer)
    {
        var json = Object(review);
        if (!answer.Allowed)
        {
            throw new InvalidOperationException($"The webhook denied the pod: {answer.Text}");
        }

        if (answer.Patch is { } patch)
        {
            JsonSerializer.Deserialize<JsonPatchDocument>(patch)!.ApplyTo(json);
        }

        return json;
    }

    private static JsonNode Object(JsonNode review) => review["request"]!["object"]!.DeepClone();

    private static JsonObject[] CredentialsOf(Credentials credentials, string tokenFile) => credentials is Credentials.Keys
        ?
        [
            FromSecret("AWS_ACCESS_KEY_ID", "id"),
            FromSecret("AWS_SECRET_ACCESS_KEY", "secret"),
        ]
        :
        [
            // The variables that amazon-eks-pod-identity-webhook sets.
            Variable("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/example"),
            Variable("AWS_WEB_IDENTITY_TOKEN_FILE", tokenFile),
        ];

    private JsonObject[] OwnRegion() => situation.OwnRegion is { } region
        ? [Variable("AWS_REGION", region), Variable("AWS_DEFAULT_REGION", region)]
        : [];

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject FromSecret(string name, string key) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = Keys, ["key"] = key } },
    };

    private static JsonObject Named(string kind, string name) => new() { [kind] = new JsonObject { ["name"] = name } };

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Data(string name, Dictionary<string, string> data) =>
        new(StringComparer.Ordinal) { [name] = data };
}
