using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>ConfigMaps behind the variables of a pod, in a cluster that runs.</summary>
public sealed class ClusterConfigMapTests : RunningCluster
{
    private const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";
    private const string FromApp = """{"envFrom":[{"configMapRef":{"name":"app"}}]}""";

    /// <summary>What is logged at all must not hold a value.</summary>
    protected override string LogLevel => "trace";

    private protected override void Seed(StubCluster cluster) => cluster.Put(StubCluster.Node("node-a", "us-east-2"));

    [Theory]
    [InlineData("AWS_REGION", "AWS_DEFAULT_REGION")]
    [InlineData("AWS_DEFAULT_REGION", "AWS_REGION")]
    public async Task EnvFrom_ContainsOneRegionVariable_OtherIsInjectedFromIt(string held, string other)
    {
        Put("app", (held, "eu-west-3"), ("LOG_LEVEL", "debug"));

        var variables = (await Webhook.MutateAsync(ClusterReview.Pod(FromApp))).Variables();

        Assert.Equal(2, variables.Count);
        Assert.True(variables.ContainsKey(Mode));
        Assert.Equal($$$"""{"configMapKeyRef":{"name":"app","key":"{{{held}}}"}}""", variables[other]);
    }

    [Fact]
    public async Task EnvFrom_ContainsBothRegionVariables_NeitherIsInjected()
    {
        Put("app", ("AWS_REGION", "eu-west-3"), ("AWS_DEFAULT_REGION", "eu-west-3"));

        Assert.Equal(Mode, Assert.Single((await Webhook.MutateAsync(ClusterReview.Pod(FromApp))).Variables().Keys));
    }

    [Fact]
    public async Task EnvFrom_ContainsNoRegionVariable_NodesRegionIsInjected()
    {
        Put("app", ("LOG_LEVEL", "debug"));

        var answer = await Webhook.MutateAsync(ClusterReview.Pod(FromApp));

        Assert.Equal("us-east-2", answer.Variables()["AWS_REGION"]);
        Assert.Equal("us-east-2", answer.Variables()["AWS_DEFAULT_REGION"]);
        Assert.Null(answer.Audit("skipped"));
    }

    [Fact]
    public async Task EnvFrom_ContainsAnEmptyRegion_IsSkipped()
    {
        Put("app", ("AWS_REGION", string.Empty));

        await AssertSkippedAsync(FromApp, "empty-region");
    }

    [Fact]
    public async Task EnvFrom_WithPrefix_OnlyPrefixedKeysCount()
    {
        Put("app", ("AWS_REGION", "eu-west-3"), ("REGION", "eu-west-2"));

        var fitting = await Webhook.MutateAsync(ClusterReview.Pod("""{"envFrom":[{"prefix":"AWS_","configMapRef":{"name":"app"}}]}"""));
        var other = await Webhook.MutateAsync(ClusterReview.Pod("""{"envFrom":[{"prefix":"APP_","configMapRef":{"name":"app"}}]}"""));

        Assert.Equal("""{"configMapKeyRef":{"name":"app","key":"REGION"}}""", fitting.Variables()["AWS_DEFAULT_REGION"]);
        Assert.False(fitting.Variables().ContainsKey("AWS_REGION"));
        Assert.Equal("us-east-2", other.Variables()["AWS_REGION"]);
    }

    [Fact]
    public async Task EnvFrom_TwoSources_LaterWins()
    {
        Put("one", ("AWS_REGION", "eu-west-2"));
        Put("two", ("AWS_REGION", "eu-west-3"));

        var variables = (await Webhook.MutateAsync(ClusterReview.Pod(
            """{"envFrom":[{"configMapRef":{"name":"one"}},{"configMapRef":{"name":"two","optional":true}}]}"""))).Variables();

        Assert.Equal("""{"configMapKeyRef":{"name":"two","key":"AWS_REGION","optional":true}}""", variables["AWS_DEFAULT_REGION"]);
    }

    [Fact]
    public async Task EnvFrom_OptionalAndMissing_NodesRegionIsInjected()
    {
        var answer = await Webhook.MutateAsync(ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"app","optional":true}}]}"""));

        Assert.Equal("us-east-2", answer.Variables()["AWS_REGION"]);
        Assert.Null(answer.Audit("skipped"));
    }

    [Fact]
    public Task EnvFrom_RequiredAndMissing_IsSkipped() => AssertSkippedAsync(FromApp, "env-from-configmap");

    [Fact]
    public async Task EnvFrom_Secret_IsSkippedAndNeverRead()
    {
        Put("app", ("LOG_LEVEL", "debug"));

        await AssertSkippedAsync(
            """{"envFrom":[{"configMapRef":{"name":"app"}},{"secretRef":{"name":"secret"}}]}""", "env-from-secret");
        Assert.DoesNotContain(Server.Requests, r => r.Path.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EnvFrom_Forbidden_IsSkippedAndLoggedOnce()
    {
        Put("app", ("LOG_LEVEL", "debug"));
        Server.Fault = request => IsConfigMap(request) ? StubFault.Status(403) : null;

        await AssertSkippedAsync(FromApp, "env-from-configmap");
        await AssertSkippedAsync("""{"envFrom":[{"configMapRef":{"name":"other"}}]}""", "env-from-configmap");

        Assert.Equal(2, Server.Count(IsConfigMap));
        Assert.Contains("get configmaps", Assert.Single(await Webhook.LoggedAsync(30)), StringComparison.Ordinal);
        Assert.Empty(await Webhook.LoggedAsync(33));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("cut")]
    [InlineData("no JSON")]
    [InlineData("{\"data\":{\"AWS_REGION\":5}}")]
    public async Task EnvFrom_CannotBeRead_IsSkipped(string how)
    {
        Server.Fault = request => !IsConfigMap(request) ? null : how switch
        {
            "500" => StubFault.Status(500),
            "cut" => StubFault.Cut,
            _ => StubFault.Answer(how),
        };

        await AssertSkippedAsync(FromApp, "env-from-configmap");

        // The review may be answered before a failing read ends: wait for the line.
        await Eventually.HoldsAsync("line 33", async () => (await Webhook.LoggedAsync(33)).Length > 0);
        Assert.Contains($"could not read configmap {ClusterReview.Namespace}/app", Assert.Single(await Webhook.LoggedAsync(33)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnvFrom_ServerIsSlow_IsSkippedUntilTheAnswerArrives()
    {
        Put("app", ("AWS_REGION", "eu-west-3"));
        var answer = new TaskCompletionSource();
        Server.Fault = request => IsConfigMap(request) ? StubFault.HoldUntil(answer.Task) : null;

        await AssertSkippedAsync(FromApp, "env-from-configmap");
        answer.SetResult();

        await Eventually.HoldsAsync("the region of the ConfigMap", async () =>
            (await Webhook.MutateAsync(ClusterReview.Pod(FromApp))).Variables().ContainsKey("AWS_DEFAULT_REGION"));
        Assert.Equal(1, Server.Count(IsConfigMap));
    }

    [Fact]
    public async Task EnvFrom_ManyReviewsAtOnce_SendOneRequest()
    {
        Put("app", ("AWS_REGION", "eu-west-3"));
        var answer = new TaskCompletionSource();
        Server.Fault = request => IsConfigMap(request) ? StubFault.HoldUntil(answer.Task) : null;

        var reviews = Enumerable.Range(0, 24).Select(_ => Webhook.MutateAsync(ClusterReview.Pod(FromApp))).ToArray();
        await Eventually.HoldsAsync("a question", () => Server.Count(IsConfigMap) > 0);
        answer.SetResult();

        Assert.All(await Task.WhenAll(reviews), a => Assert.True(a.Allowed));
        Assert.Equal(1, Server.Count(IsConfigMap));
    }

    [Fact]
    public async Task EnvFrom_SameConfigMapWithinSeconds_IsRequestedOnce()
    {
        Put("app", ("AWS_REGION", "eu-west-3"));

        await Webhook.MutateAsync(ClusterReview.Pod(FromApp));
        await Webhook.MutateAsync(ClusterReview.Pod(FromApp));

        Assert.Equal(1, Server.Count(IsConfigMap));
        Assert.Equal($"/api/v1/namespaces/{ClusterReview.Namespace}/configmaps/app", Server.Requests.Single(IsConfigMap).Path);
    }

    [Fact]
    public async Task Policy_VariableFromAConfigMap_IsJudgedByItsValue()
    {
        Put("app", ("endpoint", "https://sts.amazonaws.com"));

        var answer = await Webhook.MutateAsync(ClusterReview.Pod(
            """{"env":[{"name":"AWS_ENDPOINT_URL_STS","valueFrom":{"configMapKeyRef":{"name":"app","key":"endpoint"}}}]}"""));

        answer.AssertDenied("spec.containers[0].env[AWS_ENDPOINT_URL_STS].valueFrom.configMapKeyRef");
    }

    [Fact]
    public async Task Policy_EnvFromAConfigMap_IsJudgedByItsValues()
    {
        Put("app", ("AWS_ENDPOINT_URL_STS", "https://sts.amazonaws.com"));

        var denied = await Webhook.MutateAsync(ClusterReview.Pod(FromApp));
        var overridden = await Webhook.MutateAsync(ClusterReview.Pod(
            """{"envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.us-east-2.amazonaws.com"}]}"""));

        denied.AssertDenied("spec.containers[0].envFrom[0].configMapRef");
        Assert.True(overridden.Allowed);
    }

    [Fact]
    public async Task Policy_ReferenceToAConfigMapsValue_IsExpanded()
    {
        Put("app", ("X", "sts.amazonaws.com"));

        var answer = await Webhook.MutateAsync(ClusterReview.Pod(
            """{"envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://$(X)"}]}"""));

        answer.AssertDenied("spec.containers[0].env[AWS_ENDPOINT_URL_STS].value");
    }

    [Fact]
    public async Task Validate_VariableFromAConfigMap_IsJudgedByItsValue()
    {
        Put("app", ("AWS_STS_REGIONAL_ENDPOINTS", "legacy"));

        Assert.False((await Webhook.Client.PostAsync("/validate", ClusterReview.Pod(FromApp))).Allowed);
    }

    [Fact]
    public async Task Values_OfConfigMaps_AreNeitherLoggedNorReturned()
    {
        const string Value = "https://user:s3cr3t-value@sts.amazonaws.com/?x=s3cr3t-value";
        Put("app", ("AWS_ENDPOINT_URL_STS", Value), ("AWS_REGION", "s3cr3t-value"), ("PASSWORD", "s3cr3t-value"));
        var pod = ClusterReview.Pod(
            """{"envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"HTTPS_ENDPOINT","valueFrom":{"configMapKeyRef":{"name":"app","key":"AWS_ENDPOINT_URL_STS"}}}]}""");

        foreach (var path in new[] { "/mutate", "/mutate/warn", "/mutate/audit", "/validate" })
        {
            var answer = await Webhook.Client.PostAsync(path, pod);
            Assert.DoesNotContain("s3cr3t", answer.Text + answer.Patch, StringComparison.Ordinal);
        }

        Server.Fault = request => IsConfigMap(request) ? StubFault.Answer("""{"data":{"A":"s3cr3t-value"}, s3cr3t""") : null;
        await AssertSkippedAsync("""{"envFrom":[{"configMapRef":{"name":"broken"}}]}""", "env-from-configmap");
        await Eventually.HoldsAsync("a line", async () => (await Webhook.LoggedAsync(33)).Length == 1);
        Assert.DoesNotContain("s3cr3t", Webhook.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadConfigMaps_Disabled_SendsNoRequest()
    {
        Put("app", ("AWS_REGION", "eu-west-3"));
        await using var other = await ClusterWebhook.StartWatchingAsync(
            await OwnServerAsync(), null, ("STS_WEBHOOK__INJECTION__READCONFIGMAPS", "false"));

        var answer = await other.MutateAsync(ClusterReview.Pod(FromApp));

        Assert.Equal("shell=env-from-configmap", answer.Audit("skipped"));
        Assert.Equal(0, Server.Count(IsConfigMap));
    }

    private void Put(string name, params (string Key, string Value)[] data) => Server.Cluster.PutConfigMap(
        ClusterReview.Namespace,
        name,
        new JsonObject(data.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value))));

    private async Task AssertSkippedAsync(string container, string reason)
    {
        var answer = await Webhook.MutateAsync(ClusterReview.Pod(container));

        Assert.True(answer.Allowed);
        Assert.Equal(Mode, Assert.Single(answer.Variables().Keys));
        Assert.Equal("shell=" + reason, answer.Audit("skipped"));
    }

    private static bool IsConfigMap(StubRequest request) => request.Path.Contains("/configmaps/", StringComparison.Ordinal);
}
