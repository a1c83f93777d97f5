using System.Text.Json.Nodes;
using Xunit;

namespace StsWebhook.Clients.Tests.Kubelet;

/// <summary>The observed behaviour of a kubelet (kubernetes.io/docs/tasks/inject-data-application, and of a real one).</summary>
public sealed class ContainerEnvironmentTests
{
    [Theory]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(A)", "x1y1")]
    [InlineData("$(LATER)", "$(LATER)")]
    [InlineData("$(UNKNOWN)", "$(UNKNOWN)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$A ${A} $", "$A ${A} $")]
    [InlineData("$(A", "$(A")]
    [InlineData("$(FROM)", "map")]
    public void Value_WithReferences_ExpandsEarlierVariables(string value, string expected)
    {
        var variables = Environment(
            $$$"""
            {"envFrom":[{"configMapRef":{"name":"settings"}}],
             "env":[{"name":"A","value":"1"},{"name":"V","value":"{{{value}}}"},{"name":"LATER","value":"2"}]}
            """);

        Assert.Equal(expected, variables["V"]);
    }

    [Theory]
    [InlineData("""[{"configMapRef":{"name":"settings"}}]""", "", "FROM", "map")]
    [InlineData("""[{"secretRef":{"name":"keys"}}]""", "", "FROM", "secret")]
    [InlineData("""[{"configMapRef":{"name":"settings"}},{"secretRef":{"name":"keys"}}]""", "", "FROM", "secret")]
    [InlineData("""[{"prefix":"P_","configMapRef":{"name":"settings"}}]""", "", "P_FROM", "map")]
    [InlineData("""[{"configMapRef":{"name":"settings"}}]""", """{"name":"FROM","value":"own"}""", "FROM", "own")]
    [InlineData("""[{"configMapRef":{"name":"settings"}}]""", """{"name":"FROM"}""", "FROM", "")]
    [InlineData("""[{"configMapRef":{"name":"none","optional":true}}]""", """{"name":"X","value":"1"}""", "X", "1")]
    public void EnvFrom_ComesFirst(string envFrom, string entry, string name, string expected) =>
        Assert.Equal(expected, Environment($$"""{"envFrom":{{envFrom}},"env":[{{entry}}]}""")[name]);

    [Theory]
    [InlineData("""{"fieldRef":{"fieldPath":"metadata.annotations['sts-webhook.io/node-region']"}}""", "eu-west-1")]
    [InlineData("""{"fieldRef":{"fieldPath":"metadata.annotations['missing']"}}""", "")]
    [InlineData("""{"fieldRef":{"fieldPath":"metadata.labels['app']"}}""", "")]
    [InlineData("""{"fieldRef":{"fieldPath":"metadata.name"}}""", "shell")]
    [InlineData("""{"fieldRef":{"fieldPath":"spec.nodeName"}}""", "node-1")]
    [InlineData("""{"configMapKeyRef":{"name":"settings","key":"FROM"}}""", "map")]
    [InlineData("""{"secretKeyRef":{"name":"keys","key":"FROM"}}""", "secret")]
    public void ValueFrom_IsLookedUp(string source, string expected) =>
        Assert.Equal(expected, Environment($$"""{"env":[{"name":"V","valueFrom":{{source}}}]}""")["V"]);

    [Fact]
    public void FieldRefToMissingField_OverridesEnvFrom() => Assert.Equal(string.Empty, Environment(
        """
        {"envFrom":[{"configMapRef":{"name":"settings"}}],
         "env":[{"name":"FROM","valueFrom":{"fieldRef":{"fieldPath":"metadata.annotations['missing']"}}}]}
        """)["FROM"]);

    [Fact]
    public void OptionalReferenceToMissingKey_SetsNoVariable() => Assert.Empty(Environment(
        """{"env":[{"name":"V","valueFrom":{"configMapKeyRef":{"name":"settings","key":"none","optional":true}}}]}"""));

    [Theory]
    [InlineData("""{"env":[{"name":"V","valueFrom":{"secretKeyRef":{"name":"none","key":"k"}}}]}""")]
    [InlineData("""{"env":[{"name":"V","valueFrom":{"configMapKeyRef":{"name":"settings","key":"none"}}}]}""")]
    [InlineData("""{"envFrom":[{"configMapRef":{"name":"none"}}]}""")]
    public void ReferenceToMissingKey_StopsTheContainer(string container) =>
        Assert.Throws<InvalidOperationException>(() => Environment(container));

    private static IReadOnlyDictionary<string, string> Environment(string container)
    {
        var json = JsonNode.Parse(container)!;
        json["name"] = "app";
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "shell",
                ["annotations"] = new JsonObject { ["sts-webhook.io/node-region"] = "eu-west-1" },
            },
            ["spec"] = new JsonObject { ["nodeName"] = "node-1", ["containers"] = new JsonArray(json) },
        };
        return ContainerEnvironment.Of(pod, "app", new NamespaceObjects(Holding("settings", "map"), Holding("keys", "secret")));
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Holding(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = new Dictionary<string, string>(StringComparer.Ordinal) { ["FROM"] = value } };
}
