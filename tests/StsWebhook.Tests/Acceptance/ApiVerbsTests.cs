using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>
/// What the program asks of the Kubernetes API: no more and no less than tests/Fixtures/api-verbs.json says, which
/// is what its service account is granted. <c>UPDATE_GOLDEN=1</c> writes that file again.
/// </summary>
public sealed class ApiVerbsTests
{
    [Fact]
    public async Task Requests_OfAWholeLife_AreThoseThatAreListed()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        server.Cluster.Put(StubCluster.Node("node-a", "us-east-2"));
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "app", new JsonObject());
        await using var webhook = await BareWebhook.StartAsync(
            ["--kubeconfig", server.Kubeconfig, "--tls", "managed"],
            ("STS_WEBHOOK__CERTIFICATES__NAMESPACE", CertificateCluster.Namespace));
        await webhook.ReadyAsync();
        await Eventually.HoldsAsync("one bundle", () => cluster.Bundles().Distinct(StringComparer.Ordinal).Count() == 1);
        await Eventually.HoldsAsync("four watches", () => server.Count(r => r.IsWatch) == 4);

        // A node that no watch has brought yet, a ConfigMap, and a Secret that is to be changed, not made.
        var policy = CertificateCluster.Policy(cluster.Bundles().First(), TimeProvider.System.GetUtcNow());
        await using (var connection = await webhook.ConnectAsync(CertificateCluster.ServiceHost, policy))
        {
            await connection.PostAsync("/bind", ClusterReview.Binding("node-b").Utf8());
            await connection.PostAsync("/mutate", ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"app"}}]}""").Utf8());
        }

        server.Objects.Put(CertificateCluster.Secrets, CertificateCluster.Secret, new JsonObject { ["metadata"] = new JsonObject() });
        await Eventually.HoldsAsync("the Secret", () => cluster.Stored("tls.crt") is not null);

        var path = PathOf("api-verbs.json");
        var asked = new JsonArray([.. server.Requests.Select(Describe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => JsonNode.Parse(line))]);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(
                path, "[\n" + string.Join(",\n", asked.Select(verb => "  " + verb!.ToJsonString())) + "\n]\n", TestContext.Current.CancellationToken);
        }

        var listed = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(listed, asked), asked.ToJsonString());
    }

    /// <summary>A request as the API server's authorisation sees it (kubernetes.io/docs/reference/access-authn-authz/authorization).</summary>
    private static string Describe(StubRequest request)
    {
        var steps = request.Path.Trim('/').Split('/');
        var group = steps[0] == "apis" ? steps[1] : string.Empty;
        var rest = steps[(steps[0] == "apis" ? 3 : 2)..];
        rest = rest is ["namespaces", _, .. var namespaced] ? namespaced : rest;
        var name = rest.Length > 1 ? rest[1] : request.ObjectName;
        var verb = new JsonObject
        {
            ["group"] = group,
            ["resource"] = rest[0],
            ["verb"] = request.Method switch
            {
                "POST" => "create",
                "PATCH" => "patch",
                "GET" => request.IsWatch ? "watch" : rest.Length > 1 ? "get" : "list",
                _ => request.Method,
            },
        };

        // Which nodes and ConfigMaps is for the pods to say.
        if (name is not null && request.ObjectKind is not null)
        {
            verb["resourceNames"] = new JsonArray(name);
        }

        return verb.ToJsonString();
    }

    /// <summary>The file in the working tree, not its copy beside the tests.</summary>
    private static string PathOf(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Fixtures", name);
            }
        }

        throw new DirectoryNotFoundException("the working tree");
    }
}
