using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

/// <summary>
/// The HTTP contract of both ports. Runs in process and against the native program. After each case, the webhook must
/// still answer a valid review: no input may crash or block it.
/// </summary>
public abstract class WireContract(IWebhookHost host) : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private WebhookClient Client => host.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var answer = await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Allowed);
        Assert.NotNull(answer.Patch);
    }

    // Answers

    [Fact]
    public async Task Mutate_ValidPod_IsPatchedWithVersionAndUidOfTheReview()
    {
        var answer = await Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        var review = JsonNode.Parse(answer.Body)!;
        Assert.Equal("admission.k8s.io/v1", (string?)review["apiVersion"]);
        Assert.Equal("AdmissionReview", (string?)review["kind"]);
        Assert.Equal((string?)Recordings.Json(Recordings.Sound)["request"]!["uid"], answer.Uid);
        Assert.True(answer.Allowed);
        Assert.Equal("JSONPatch", (string?)answer.Response["patchType"]);
        Assert.Contains("AWS_STS_REGIONAL_ENDPOINTS", answer.Patch, StringComparison.Ordinal);
        Assert.Null(answer.Response["status"]);
    }

    [Theory]
    [InlineData("/mutate")]
    [InlineData("/mutate/deny")]
    [InlineData("/validate")]
    [InlineData("/validate/deny")]
    public async Task DenyingPath_PodThatNamesTheGlobalEndpoint_IsForbiddenWithCauses(string path)
    {
        var answer = await Client.PostAsync(path, Recordings.Bytes(Recordings.Global));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Allowed);
        Assert.Null(answer.Patch);
        var status = answer.Response["status"]!;
        Assert.Equal(403, (int)status["code"]!);
        Assert.Equal("Forbidden", (string?)status["reason"]);
        var causes = status["details"]!["causes"]!.AsArray();
        Assert.Equal(2, causes.Count);
        Assert.All(causes, cause => Assert.Equal("global-endpoint", (string?)cause!["reason"]));
        Assert.Contains(causes, cause => (string?)cause!["field"] == "spec.containers[0].env[AWS_ENDPOINT_URL_STS].value");
        Assert.All(causes, cause => Assert.NotEmpty((string)cause!["message"]!));
        Assert.Equal(2, ((string)status["message"]!).Split('\n').Length);
        Assert.Contains("spec.containers[0].command", (string)status["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mutate/warn", 2, true)]
    [InlineData("/validate/warn", 2, false)]
    [InlineData("/mutate/audit", 0, true)]
    [InlineData("/validate/audit", 0, false)]
    public async Task LenientPath_PodThatNamesTheGlobalEndpoint_IsAllowed(string path, int warnings, bool patched)
    {
        var answer = await Client.PostAsync(path, Recordings.Bytes(Recordings.Global));

        Assert.True(answer.Allowed);
        Assert.Equal(warnings, answer.Response["warnings"]?.AsArray().Count ?? 0);
        Assert.Equal(patched, answer.Patch is not null);
        Assert.Contains(
            "global-endpoint=spec.containers[0].env[AWS_ENDPOINT_URL_STS].value",
            (string?)answer.Response["auditAnnotations"]!["violations"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_Pod_IsAllowedUntouched() => await AssertUntouchedAsync("/bind", Recordings.Json(Recordings.Global));

    [Fact]
    public async Task Bind_Binding_IsAnnotatedWithTheRegionOfItsNode()
    {
        var binding = Recordings.Json("pods-binding-create-shell");
        binding["request"]!["object"]!["metadata"]!.AsObject().Remove("labels");

        var answer = await Client.PostAsync("/bind", binding.With("/request/object/target/name", "node-c"));

        Assert.True(answer.Allowed);
        Assert.Contains("sts-webhook.io~1node-region", answer.Patch!.Replace("sts-webhook.io/", "sts-webhook.io~1", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("eu-west-1", answer.Patch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_UnknownNode_IsAllowedUntouched()
    {
        var binding = Recordings.Json("pods-binding-create-shell");
        binding["request"]!["object"]!["metadata"]!.AsObject().Remove("labels");

        await AssertUntouchedAsync("/bind", binding.With("/request/object/target/name", "nowhere"));
    }

    [Theory]
    [InlineData("/mutate")]
    [InlineData("/validate")]
    public async Task Review_UnknownKind_IsAllowedUntouched(string path) => await AssertUntouchedAsync(
        path,
        Recordings.Json(Recordings.Global).With("/request/resource", JsonNode.Parse("""{"group":"","version":"v1","resource":"secrets"}""")));

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("DELETE")]
    [InlineData("CONNECT")]
    public async Task Mutate_OtherOperationOnPod_IsAllowedUntouched(string operation) =>
        await AssertUntouchedAsync("/mutate", Recordings.Json(Recordings.Global).With("/request/operation", operation));

    [Fact]
    public async Task Mutate_MirrorPod_IsAllowedUntouched() => await AssertUntouchedAsync(
        "/mutate",
        Recordings.Json(Recordings.Global).With("/request/object/metadata/annotations", new JsonObject { ["kubernetes.io/config.mirror"] = "x" }));

    [Fact]
    public async Task Mutate_TimeoutInQuery_IsAccepted() =>
        Assert.NotNull((await Client.PostAsync("/mutate?timeout=10s", Recordings.Bytes(Recordings.Sound))).Patch);

    // Invalid bodies

    [Theory]
    [MemberData(nameof(WrongTypes.OfPods), MemberType = typeof(WrongTypes))]
    public async Task Mutate_WrongTypeInPod_IsDeniedInOneLine(string place, string value, string expected)
    {
        var answer = await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound).With(place, JsonNode.Parse(value)));

        if (place is "/request" or "/request/uid")
        {
            AssertRejected(answer, HttpStatusCode.BadRequest, expected);
        }
        else
        {
            AssertUnjudged(answer, expected);
            Assert.False(answer.Allowed);
        }
    }

    [Theory]
    [MemberData(nameof(WrongTypes.OfOtherObjects), MemberType = typeof(WrongTypes))]
    public async Task Review_WrongTypeInOtherObject_IsReportedInOneLine(string path, string recording, string place, string value, string expected)
    {
        var answer = await Client.PostAsync(path, Recordings.Json(recording).With(place, JsonNode.Parse(value)));

        AssertUnjudged(answer, expected);

        // Ephemeral containers are denied; templates and ConfigMaps have warnings, and a Binding is never denied.
        Assert.Equal(!recording.StartsWith("pods-e", StringComparison.Ordinal), answer.Allowed);
    }

    /// <summary>The API server passes <c>fieldsV1</c> on as it is: with any depth, and with bytes that are not UTF-8.</summary>
    [Theory]
    [InlineData("deep")]
    [InlineData("bytes")]
    [InlineData("surrogate")]
    public async Task Mutate_ManagedFieldsThatOnlyGoReads_IsJudged(string what)
    {
        var fields = what switch
        {
            "deep" => string.Concat(Enumerable.Repeat("{\"f:a\":", 9_990)) + "{}" + new string('}', 9_990),
            "bytes" => "{\"f:\u00FF\":{}}",
            _ => "{\"f:\\ud800\":{}}",
        };
        var review = Recordings.Json(Recordings.Global).With(
            "/request/object/metadata/managedFields", new JsonArray(new JsonObject { ["fieldsV1"] = "FIELDS" }));

        foreach (var path in new[] { "/mutate", "/validate" })
        {
            // Latin-1 writes U+00FF as the byte 0xFF.
            var answer = await Client.PostAsync(
                path, Encoding.Latin1.GetBytes(review.ToJsonString().Replace("\"FIELDS\"", fields, StringComparison.Ordinal)));

            Assert.False(answer.Allowed);
            Assert.Contains("global-endpoint", (string)answer.Response["status"]!["message"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/mutate/deny", false)]
    [InlineData("/validate/warn", true)]
    [InlineData("/mutate/audit", true)]
    public async Task Review_BrokenWithinTheObject_FollowsTheEnforcement(string path, bool allowed)
    {
        var text = Recordings.Text(Recordings.Sound);

        var answer = await Client.PostAsync(path, Encoding.UTF8.GetBytes(text[..(text.IndexOf("\"spec\"", StringComparison.Ordinal) + 20)]));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(allowed, answer.Allowed);
        Assert.Equal((string?)Recordings.Json(Recordings.Sound)["request"]!["uid"], answer.Uid);
        Assert.Equal(path == "/validate/warn" ? 1 : 0, answer.Response["warnings"]?.AsArray().Count ?? 0);
        Assert.Equal("unjudged=request.object", (string?)answer.Response["auditAnnotations"]!["violations"]);
    }

    [Fact]
    public async Task Mutate_LineBreaksInAKey_AreNotRepeated()
    {
        var annotations = new JsonObject { ["a\r\nforged: line\u001b[31m"] = 7 };

        var answer = await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound).With("/request/object/metadata/annotations", annotations));

        AssertUnjudged(answer, "request.object.metadata.annotations[a  forged: line [31m]: expected a string, found a number");
    }

    [Fact]
    public async Task Mutate_VeryLongKey_IsTruncated()
    {
        var annotations = new JsonObject { [new string('k', MiB)] = 7 };

        var answer = await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound).With("/request/object/metadata/annotations", annotations));

        Assert.False(answer.Allowed);
        Assert.InRange(answer.Body.Length, 100, 2000);
    }

    public static TheoryData<string, byte[], string> NotJson { get; } = new()
    {
        { "empty", [], "not JSON: line 1, byte 1" },
        { "words", "hush hush"u8.ToArray(), "not JSON: line 1, byte 1" },
        { "truncated", Recordings.Bytes(Recordings.Sound)[..60], "not JSON: line 3, byte 31" },
        { "two values", "{} {}"u8.ToArray(), "not JSON: line 1, byte 4" },
        { "invalid UTF-8", [.. "{\"hush\":\""u8, 0xC3, 0x28, .. "\"}"u8], "kind: expected AdmissionReview of admission.k8s.io/v1" },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), "not JSON: the text is not valid UTF-8" },
        { "lone surrogate", "{\"hush\":\"\\ud800\"}"u8.ToArray(), "kind: expected AdmissionReview of admission.k8s.io/v1" },
        { "lone surrogate in a name", "{\"\\uDC00\":1}"u8.ToArray(), "kind: expected AdmissionReview of admission.k8s.io/v1" },
        { "nested arrays", Encoding.ASCII.GetBytes(new string('[', 100_000)), "not JSON: line 1, byte 261" },
        { "nested objects", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), "not JSON: line 1, byte 1285" },
        { "nested and closed", Encoding.ASCII.GetBytes(new string('[', 100_000) + new string(']', 100_000)), "expected an AdmissionReview of admission.k8s.io/v1, found another JSON value" },
        { "an array", "[\"hush\"]"u8.ToArray(), "expected an AdmissionReview of admission.k8s.io/v1, found another JSON value" },
        { "null", "null"u8.ToArray(), "expected an AdmissionReview of admission.k8s.io/v1, found another JSON value" },
        { "another object", "{\"kind\":\"hush\"}"u8.ToArray(), "kind: expected AdmissionReview of admission.k8s.io/v1" },
    };

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task Mutate_BodyThatIsNotAReview_IsRejectedInOneLine(string what, byte[] body, string expected)
    {
        Assert.NotEmpty(what);
        AssertRejected(await Client.PostAsync("/mutate", body), HttpStatusCode.BadRequest, expected);
    }

    [Fact]
    public async Task Mutate_DeepNestingInAnUnknownField_IsJudged()
    {
        var review = Recordings.Text(Recordings.Sound).Replace(
            "\"uid\"", "\"hush\": " + new string('[', 100_000) + new string(']', 100_000) + ", \"uid\"", StringComparison.Ordinal);

        var answer = await Client.PostAsync("/mutate", Encoding.UTF8.GetBytes(review));

        Assert.NotNull(answer.Patch);
    }

    [Fact]
    public async Task Mutate_OlderVersion_NamesTheExpectedVersion()
    {
        var answer = await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound).With("/apiVersion", "admission.k8s.io/v1beta1"));

        AssertRejected(
            answer, HttpStatusCode.BadRequest, "apiVersion: expected admission.k8s.io/v1, the only version that this webhook supports");
    }

    [Theory]
    [InlineData("/mutate")]
    [InlineData("/validate")]
    [InlineData("/bind")]
    public async Task Review_NoRequest_IsRejected(string path) => AssertRejected(
        await Client.PostAsync(path, """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}"""u8.ToArray()),
        HttpStatusCode.BadRequest,
        "request: expected an object, found nothing");

    [Fact]
    public async Task Mutate_NoObject_IsDenied() => AssertUnjudged(
        await Client.PostAsync("/mutate", Recordings.Json(Recordings.Sound).Without("object")),
        "request.object: expected an object, found nothing");

    // Media types, methods, paths

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/yaml")]
    [InlineData("application/json-patch+json")]
    [InlineData(null)]
    public async Task Mutate_OtherMediaType_IsRejected(string? mediaType) => AssertRejected(
        await Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound), mediaType),
        HttpStatusCode.UnsupportedMediaType,
        "content type: expected application/json");

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    public async Task Mutate_VariantOfTheJsonMediaType_IsAccepted(string mediaType) =>
        Assert.NotNull((await Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound), mediaType)).Patch);

    [Theory]
    [InlineData("GET", "/mutate")]
    [InlineData("PUT", "/validate/warn")]
    [InlineData("DELETE", "/bind")]
    public async Task AdmissionPath_OtherMethod_NamesTheAllowedOne(string method, string path)
    {
        var answer = await Client.SendAsync(new HttpMethod(method), path);

        AssertRejected(answer, HttpStatusCode.MethodNotAllowed, "method: expected POST");
        Assert.Equal("POST", answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mutate/")]
    [InlineData("/mutate/off")]
    [InlineData("/bind/warn")]
    [InlineData("/Mutate")]
    [InlineData("/mutate%0a")]
    [InlineData("/metrics")]
    [InlineData("/livez")]
    public async Task AdmissionPort_UnknownPath_IsNotFound(string path) => AssertRejected(
        await Client.PostAsync(path, Recordings.Bytes(Recordings.Sound)),
        HttpStatusCode.NotFound,
        "path: expected /mutate, /validate or /bind");

    // Sizes

    [Fact]
    public async Task Mutate_BodyOfSevenMiB_IsReviewed()
    {
        var body = Padded(7 * MiB);

        var answer = await Client.PostAsync("/mutate", body);

        Assert.NotNull(answer.Patch);
    }

    [Fact]
    public async Task Mutate_TwoObjectsAfterEscaping_AreJudged()
    {
        // Go writes this character as \u003c.
        var body = Encoding.UTF8.GetBytes(Recordings.Json(Recordings.Global)
            .With("/request/object/metadata/annotations", new JsonObject { ["text"] = new string('<', 3 * MiB) }).ToJsonString());
        Assert.InRange(body.Length, 18 * MiB, 19 * MiB);

        var answer = await Client.PostAsync("/mutate", body);

        Assert.False(answer.Allowed);
        Assert.Contains("global-endpoint", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutate_LargerThanAnApiServerSends_IsDenied()
    {
        await using var connection = await Client.ConnectAsync();
        var receiving = connection.ReceiveAsync();

        await SendRegardlessAsync(connection, [.. Head("/mutate", $"Content-Length: {38 * MiB}"), .. Padded(38 * MiB)]);

        AssertUnjudged(await receiving, "its review has 39845888 bytes and sts-webhook has memory for");
    }

    [Fact]
    public async Task Mutate_NoContentLength_IsRejectedBeforeTheBodyIsRead()
    {
        await using var connection = await Client.ConnectAsync();

        await connection.SendAsync(Head("/mutate", "Transfer-Encoding: chunked"));

        AssertRejected(
            await connection.ReceiveAsync(), HttpStatusCode.LengthRequired, "body: expected a Content-Length, which the API server always sends");
    }

    // Connections

    [Fact]
    public async Task Connection_ManyRequests_StaysOpen()
    {
        await using var connection = await Client.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            await connection.SendAsync(Request("/mutate", Named($"uid-{i}")));

            Assert.Equal($"uid-{i}", (await connection.ReceiveAsync()).Uid);
        }
    }

    [Fact]
    public async Task Connection_RejectedBody_StaysOpen()
    {
        await using var connection = await Client.ConnectAsync();
        await connection.SendAsync(Request("/mutate", "hush"u8.ToArray()));
        await connection.SendAsync(Request("/nowhere", Recordings.Bytes(Recordings.Sound)));
        await connection.SendAsync(Request("/mutate", Named("after")));

        Assert.Equal(HttpStatusCode.BadRequest, (await connection.ReceiveAsync()).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await connection.ReceiveAsync()).Status);
        Assert.Equal("after", (await connection.ReceiveAsync()).Uid);
    }

    [Fact]
    public async Task Connection_PipelinedRequests_AreAnsweredInOrder()
    {
        await using var connection = await Client.ConnectAsync();

        await connection.SendAsync([.. Request("/mutate", Named("first")), .. Request("/validate", Named("second"))]);

        Assert.Equal("first", (await connection.ReceiveAsync()).Uid);
        Assert.Equal("second", (await connection.ReceiveAsync()).Uid);
    }

    [Fact]
    public async Task Mutate_BodyByteByByte_IsReviewed()
    {
        await using var connection = await Client.ConnectAsync();
        var body = Named("slow");
        await connection.SendAsync(Head("/mutate", $"Content-Length: {body.Length}"));
        foreach (var one in body)
        {
            await connection.SendAsync([one]);
        }

        Assert.Equal("slow", (await connection.ReceiveAsync()).Uid);
    }

    [Fact]
    public async Task Mutate_StalledBody_TimesOut()
    {
        await using var connection = await Client.ConnectAsync();
        await connection.SendAsync([.. Head("/mutate", "Content-Length: 5000"), .. "{\"hush\":"u8]);

        AssertRejected(await connection.ReceiveAsync(), HttpStatusCode.RequestTimeout, "body: expected at least 64 KiB/s, and all of it before the webhook's timeout");
    }

    [Fact]
    public async Task Mutate_BodyShorterThanContentLength_IsRejected()
    {
        await using var connection = await Client.ConnectAsync();
        var body = Named("short");
        await connection.SendAsync([.. Head("/mutate", $"Content-Length: {body.Length + 1}"), .. body]);
        await connection.FinishAsync();

        var answer = await connection.TryReceiveAsync();

        Assert.True(answer is null or { Status: HttpStatusCode.BadRequest }, answer?.Text);
    }

    [Fact]
    public async Task Mutate_ConnectionResetWithinTheBody_IsCounted()
    {
        var before = await Client.MetricsAsync();
        var connection = await Client.ConnectAsync();
        await connection.SendAsync(Head("/mutate", "Content-Length: 5000\r\nExpect: 100-continue"));
        Assert.Equal(HttpStatusCode.Continue, (await connection.ReceiveAsync()).Status);
        await connection.SendAsync("{\"hush\":"u8.ToArray());
        connection.Reset();

        await Eventually.HoldsAsync("the lost request in the metrics", async () =>
            (await Client.MetricsAsync()).Sum("sts_webhook_admission_requests_total", "webhook=mutate", "decision=error")
            > before.Sum("sts_webhook_admission_requests_total", "webhook=mutate", "decision=error"));
    }

    [Fact]
    public async Task Mutate_ExpectContinue_GetsContinue()
    {
        await using var connection = await Client.ConnectAsync();
        var body = Named("expected");
        await connection.SendAsync(Head("/mutate", $"Content-Length: {body.Length}\r\nExpect: 100-continue"));

        Assert.Equal(HttpStatusCode.Continue, (await connection.ReceiveAsync()).Status);
        await connection.SendAsync(body);
        Assert.Equal("expected", (await connection.ReceiveAsync()).Uid);
    }

    [Fact]
    public async Task Mutate_Http10_IsAnsweredAndClosed()
    {
        await using var connection = await Client.ConnectAsync();
        var body = Named("old");
        await connection.SendAsync(
            [.. Encoding.ASCII.GetBytes($"POST /mutate HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);

        var answer = await connection.ReceiveAsync();

        Assert.Equal("old", answer.Uid);
        Assert.Null(await connection.TryReceiveAsync());
    }

    [Theory]
    [InlineData("POST /mutate HTTP/1.1\r\n\r\n")]
    [InlineData("hush\r\n\r\n")]
    [InlineData("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhush!")]
    public async Task Connection_NotHttp_IsRejectedWithoutQuotingIt(string request)
    {
        await using var connection = await Client.ConnectAsync();
        await connection.SendAsync(request);

        var answer = await connection.ReceiveAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("hush", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ManyAtOnce_AreAllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            await using var connection = await Client.ConnectAsync();
            var uids = new List<string>();
            for (var n = 0; n < 4; n++)
            {
                await connection.SendAsync(Request("/mutate", Named($"{i}-{n}")));
                uids.Add((await connection.ReceiveAsync()).Uid);
            }

            return uids;
        }));

        Assert.Equal(
            Enumerable.Range(0, 64).SelectMany(i => Enumerable.Range(0, 4).Select(n => $"{i}-{n}")),
            answers.SelectMany(uids => uids),
            StringComparer.Ordinal);
    }

    // TLS

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task AdmissionPort_CurrentTls_IsAccepted(SslProtocols protocol)
    {
        await using var connection = await Client.ConnectAsync(protocol);
        await connection.SendAsync(Request("/mutate", Named("tls")));

        Assert.Equal("tls", (await connection.ReceiveAsync()).Uid);
        Assert.Equal(protocol, connection.Protocol);
    }

    [Fact]
    public async Task AdmissionPort_Tls11_IsRejected()
    {
        var answer = await PlainConnection.AskAsync(Client.HttpsPort, ClientHello.Tls11());

        // A fatal alert (RFC 5246, 7.2): protocol_version.
        Assert.Equal("15 02 46", $"{answer[0]:x2} {answer[5]:x2} {answer[6]:x2}");
    }

    [Fact]
    public async Task AdmissionPort_PlainHttp_ClosesTheConnection() =>
        Assert.Empty(await PlainConnection.AskAsync(Client.HttpsPort, Request("/mutate", Recordings.Bytes(Recordings.Sound))));

    // The management port

    [Theory]
    [InlineData("/livez", "ok\n")]
    [InlineData("/readyz", "ok\n")]
    public async Task ManagementPort_Probe_Answers(string path, string expected)
    {
        var answer = await Client.ManageAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(expected, answer.Text);
    }

    [Fact]
    public async Task ManagementPort_Metrics_AreInTheFormatOfPrometheus()
    {
        var answer = await Client.ManageAsync(HttpMethod.Get, "/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.NotEmpty(MetricsPage.Parse(answer.Text).Of("sts_webhook_build_info"));
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task ManagementPort_Head_HasNoBody(string path)
    {
        var answer = await Client.ManageAsync(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mutate")]
    [InlineData("/validate")]
    [InlineData("/bind")]
    [InlineData("/metrics/")]
    [InlineData("/debug/pprof")]
    public async Task ManagementPort_OtherPath_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Client.ManageAsync(HttpMethod.Get, path)).Status);

    [Theory]
    [InlineData("/livez")]
    [InlineData("/metrics")]
    [InlineData("/mutate")]
    public async Task ManagementPort_Post_IsNotAllowed(string path)
    {
        using var review = new ByteArrayContent(Recordings.Bytes(Recordings.Sound));
        review.Headers.ContentType = new("application/json");

        var answer = await Client.ManageAsync(HttpMethod.Post, path, review);

        AssertRejected(answer, HttpStatusCode.MethodNotAllowed, "method: expected GET or HEAD");
        Assert.Equal("GET, HEAD", answer.Headers["Allow"]);
    }

    [Fact]
    public async Task ManagementPort_Body_IsNotRead()
    {
        var answers = Encoding.ASCII.GetString(await PlainConnection.AskAsync(
            Client.ManagementPort,
            Encoding.ASCII.GetBytes($"POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MiB}\r\n\r\nhush")));

        // The server closes the connection before the rest of the body arrives.
        Assert.StartsWith("HTTP/1.1 405 ", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", answers, StringComparison.Ordinal);
    }

    // Both ports

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 2 * 1024, HttpStatusCode.RequestUriTooLong)]
    [InlineData("GET /livez HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", 16 * 1024, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Head_TooLong_IsRejected(string request, int length, HttpStatusCode expected)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, request, new string('x', length)));
        await using var connection = await Client.ConnectAsync();

        await SendRegardlessAsync(connection, bytes);

        Assert.Equal(expected, (await connection.ReceiveAsync()).Status);
        var managed = Encoding.ASCII.GetString(await PlainConnection.AskAsync(Client.ManagementPort, bytes));
        Assert.StartsWith($"HTTP/1.1 {(int)expected} ", managed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_TooManyHeaders_IsRejected()
    {
        var headers = string.Concat(Enumerable.Range(0, 64).Select(i => $"X-{i}: y\r\n"));
        await using var connection = await Client.ConnectAsync();

        await connection.SendAsync($"GET /mutate HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await connection.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task Answers_DoNotNameTheServer()
    {
        Answer[] answers =
        [
            await Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound)),
            await Client.PostAsync("/nowhere", Recordings.Bytes(Recordings.Sound)),
            await Client.ManageAsync(HttpMethod.Get, "/metrics"),
            await Client.ManageAsync(HttpMethod.Get, "/nowhere"),
        ];

        Assert.All(answers, answer => Assert.DoesNotContain(
            answer.Headers.Keys, name => name.Equals("Server", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The answer is a review with one finding of the rule unjudged, in one line.</summary>
    private static void AssertUnjudged(Answer answer, string expected)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var line = answer.Allowed ? (string)Assert.Single(answer.Response["warnings"]!.AsArray())! : (string)answer.Response["status"]!["message"]!;
        Assert.StartsWith("request.object ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.EndsWith(" (unjudged)", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain("hush", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Patch);
    }

    private static void AssertRejected(Answer answer, HttpStatusCode status, string line)
    {
        Assert.Equal(line + "\n", answer.Text);
        Assert.Equal(status, answer.Status);
        Assert.Equal("text/plain; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.DoesNotContain("hush", answer.Text, StringComparison.Ordinal);
    }

    private static byte[] Head(string path, string headers) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n\r\n");

    private static byte[] Request(string path, byte[] body) => [.. Head(path, $"Content-Length: {body.Length}"), .. body];

    private static byte[] Named(string uid) => Recordings.Json(Recordings.Sound).With("/request/uid", uid).Utf8();

    private static byte[] Padded(int length)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        Recordings.Bytes(Recordings.Sound).CopyTo(body, 0);
        return body;
    }

    /// <summary>Sends a request. The webhook may answer and close the connection before it has received all of it.</summary>
    private static async Task SendRegardlessAsync(RawConnection connection, byte[] bytes)
    {
        try
        {
            await connection.SendAsync(bytes);
        }
        catch (IOException)
        {
            // The test reads the answer next.
        }
    }

    private async Task AssertUntouchedAsync(string path, JsonNode review)
    {
        var answer = await Client.PostAsync(path, review.With("/request/uid", "untouched"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"untouched","allowed":true}}""",
            answer.Text);
    }
}
