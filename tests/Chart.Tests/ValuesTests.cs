using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>Values that the chart rejects, and its messages.</summary>
public sealed class ValuesTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(Repository.Text("charts/sts-webhook/values.schema.json"))!.AsObject();

    [Theory]
    [InlineData("replica=2", "additional properties 'replica' not allowed")]
    [InlineData("image.name=x", "additional properties 'name' not allowed")]
    [InlineData("replicas=0", "/replicas")]
    [InlineData("image.digest=sha256:abc", "/image/digest")]
    [InlineData("region.default=Europe", "/region/default")]
    [InlineData("policy.enforce=block", "/policy/enforce")]
    [InlineData("policy.rules.legacy=deny", "additional properties 'legacy' not allowed")]
    [InlineData("injection.extraEnv.AWS_REGION=eu-west-1", "invalid propertyName 'AWS_REGION'")]
    [InlineData("injection.extraEnv.X=https://{zone}", "/injection/extraEnv/X")]
    [InlineData("failurePolicy.mutate=Retry", "/failurePolicy/mutate")]
    [InlineData("timeoutSeconds.bind=31", "/timeoutSeconds/bind")]
    [InlineData("clientConfig.url=http://example.com", "/clientConfig/url")]
    [InlineData("clientConfig.url=https://example.com?x=y", "/clientConfig/url")]
    [InlineData("certificates.mode=files", "/certificates/mode")]
    [InlineData("tracing.otlpEndpoint=collector:4317", "/tracing/otlpEndpoint")]
    [InlineData("metrics.prometheusRule.disabled[0]=StsWebhookGone", "/metrics/prometheusRule/disabled/0")]
    [InlineData("metrics.prometheusRule.runbookUrl=", "/metrics/prometheusRule/runbookUrl")]
    [InlineData("ports.https=443", "/ports/https")]
    public void Schema_OfAValueThatIsNotAllowed_NamesIt(string value, string expected) =>
        Assert.Contains(expected, Refusal("--set", value), StringComparison.Ordinal);

    [Theory]
    [InlineData("clientConfig.url=https://example.com,hostNetwork=true", "hostNetwork requires that the chart installs the webhook, but clientConfig.url selects a webhook outside the cluster")]
    [InlineData("clientConfig.url=https://example.com,dashboards.enabled=true", "dashboards.enabled requires that the chart installs the webhook")]
    [InlineData("clientConfig.url=https://example.com,clientCa.configMap=x", "clientCa.configMap requires that the chart installs the webhook")]
    [InlineData("clientConfig.caBundle=QUJD", "clientConfig.caBundle requires clientConfig.url")]
    [InlineData("certificates.caBundle=QUJD", "certificates.caBundle is only allowed with certificates.mode=existingSecret")]
    [InlineData("certificates.certManager.issuerRef.name=x", "issuerRef is only allowed with certificates.mode=cert-manager, not with managed")]
    [InlineData("certificates.mode=existingSecret", "requires certificates.secretName")]
    [InlineData("certificates.mode=existingSecret,certificates.secretName=mine", "no ca.crt was found in Secret mine of namespace sts-webhook")]
    [InlineData("region.nodeLabels=false", "which certificates.mode=managed requires")]
    [InlineData("region.nodeLabels=false,certificates.mode=cert-manager", "region.nodeLabels=false requires region.default")]
    [InlineData("ports.management=8443", "ports.https and ports.management are both 8443")]
    [InlineData("ports.https=10250", "ports.https and ports.management must not be 10250")]
    [InlineData("podDisruptionBudget.maxUnavailable=0", "podDisruptionBudget allows the eviction of none of 2 replicas")]
    [InlineData("podDisruptionBudget.minAvailable=100%", "podDisruptionBudget allows the eviction of none of 2 replicas")]
    [InlineData("podDisruptionBudget.minAvailable=2", "podDisruptionBudget allows the eviction of none of 2 replicas")]
    [InlineData("autoscaling.enabled=true,autoscaling.minReplicas=7", "autoscaling.minReplicas (7) is greater than autoscaling.maxReplicas (6)")]
    [InlineData("autoscaling.enabled=true,resources.requests.cpu=null", "autoscaling.enabled requires resources.requests.cpu")]
    [InlineData("metrics.serviceMonitor.enabled=true,metrics.podMonitor.enabled=true", "would scrape each pod twice")]
    [InlineData("metrics.serviceMonitor.enabled=true,metrics.service.enabled=false", "metrics.serviceMonitor.enabled requires metrics.service.enabled")]
    [InlineData("serviceAccount.create=false", "serviceAccount.create=false requires serviceAccount.name")]
    [InlineData("celBackstop.enabled=true,policy.rules.legacy-mode=warn,policy.rules.global-endpoint=off", "celBackstop.enabled has no effect")]
    public void Contradiction_IsRefusedWithASentence(string values, string expected) =>
        Assert.Contains(expected, Refusal("--set", values), StringComparison.Ordinal);

    [Fact]
    public void Schema_OfNamedValues_AllowsNoOther()
    {
        var open = Objects(Schema, "#").Where(o => o.Node["properties"] is not null && (bool?)o.Node["additionalProperties"] != false);

        // Parts of a pod, whose other fields are defined by Kubernetes.
        Assert.Equal(["#/properties/env/items"], open.Select(o => o.Path), StringComparer.Ordinal);
    }

    [Fact]
    public void Schema_KnowsEveryValueAndNoOther()
    {
        var values = YamlParser.Parse(Repository.Text("charts/sts-webhook/values.yaml")).Single();

        Assert.Empty(Differences(values, Schema, string.Empty));
    }

    /// <summary>The rules in the schema are generated from the list of rules: <c>UPDATE_GOLDEN=1</c> writes them.</summary>
    [Fact]
    public void Schema_Rules_AreThoseOfTheProgram()
    {
        var severities = EnumWord.List<Severity>().Split(", ").Reverse().ToArray();
        var schema = Schema.DeepClone().AsObject();
        var rules = schema["properties"]!["policy"]!["properties"]!["rules"]!.AsObject();
        rules["properties"] = new JsonObject(Rule.All.Select(rule => KeyValuePair.Create<string, JsonNode?>(
            rule.Name, new JsonObject { ["enum"] = new JsonArray([.. severities.Select(word => JsonValue.Create(word))]) })));

        Golden.Assert(Repository.PathOf("charts/sts-webhook/values.schema.json"), Indented(schema));
    }

    /// <summary>Without an entry in the values, the default severity of the rule applies.</summary>
    [Fact]
    public void Values_OverrideNoRule() =>
        Assert.Empty(YamlParser.Parse(Repository.Text("charts/sts-webhook/values.yaml")).Single()["policy"]!["rules"]!.AsObject());

    private static string Indented(JsonObject schema)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            schema.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static string Refusal(params string[] options)
    {
        var outcome = Helm.TryTemplate(options);
        Assert.NotEqual(0, outcome.ExitCode);
        return outcome.Error;
    }

    private static IEnumerable<(string Path, JsonObject Node)> Objects(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(m => Objects(m.Value, $"{path}/{m.Key}")).Prepend((path, o)),
        JsonArray a => a.SelectMany((n, i) => Objects(n, $"{path}/{i}")),
        _ => [],
    };

    /// <summary>Values without a schema, and schema properties without a default, except maps with free keys.</summary>
    private static IEnumerable<string> Differences(JsonObject values, JsonObject schema, string path)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            yield break;
        }

        foreach (var (name, value) in values)
        {
            if (properties[name] is not JsonObject inner)
            {
                yield return $"{path}{name} is not in the schema";
            }
            else if (value is JsonObject nested)
            {
                foreach (var difference in Differences(nested, inner, $"{path}{name}."))
                {
                    yield return difference;
                }
            }
        }

        foreach (var (name, _) in properties.Where(p => values.Count > 0 && !values.ContainsKey(p.Key)))
        {
            if ($"{path}{name}" is not ("global" or "resources.claims"))
            {
                yield return $"{path}{name} has no default";
            }
        }
    }
}
