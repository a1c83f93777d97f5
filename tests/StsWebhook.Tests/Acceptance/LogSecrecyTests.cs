using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Nothing of an object but names leaves the process, at any log level.</summary>
public sealed class LogSecrecyTests
{
    private const string Secret = "hunter2-AKIAIOSFODNN7EXAMPLE";

    /// <summary>Fields that hold names of objects, which may be logged.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "name", "generateName", "namespace", "kind", "apiVersion", "nodeName", "uid",
    };

    [Theory]
    [InlineData("information")]
    [InlineData("debug")]
    [InlineData("trace")]
    public async Task Serve_SecretInEveryField_IsNowhereInWhatItWrites(string level)
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(
            ("STS_WEBHOOK__LOG_LEVEL", level),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var written = new StringBuilder();

        foreach (var (path, body) in Planted())
        {
            // Without the patch: where a container sets one of the two region variables, the other becomes the same.
            written.Append((await serving.Client.PostAsync(path, body)).Text);
        }

        foreach (var (path, body) in Requests())
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            var answer = await serving.Client.SendAsync(
                HttpMethod.Post, path, content, ("X-Token", Secret), ("Authorization", "Bearer " + Secret));
            written.Append(answer.Text).Append(answer.Status == HttpStatusCode.OK ? answer.Patch : null);
            written.AppendJoin('\n', answer.Headers.Values);
        }

        await using (var connection = await serving.Client.ConnectAsync())
        {
            await connection.SendAsync($"POST /mutate HTTP/1.1\r\nHost: localhost\r\n{Secret}\r\n\r\n");
            written.Append((await connection.ReceiveAsync()).Text);
        }

        written.Append((await serving.Client.MetricsAsync()).Text);
        await serving.Process.TerminateAsync();
        await serving.Process.ExitCodeAsync();
        written.AppendJoin('\n', serving.Process.Output).AppendJoin('\n', serving.Process.Error);

        Assert.DoesNotContain(Secret, written.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(collector.Spans);
        Assert.False(collector.HasReceived(Encoding.UTF8.GetBytes(Secret)));
        Assert.Contains(serving.Process.Output, line => line.Contains("denied pods", StringComparison.Ordinal));
        Assert.Contains(serving.Process.Output, line => line.Contains("warned configmaps", StringComparison.Ordinal));
        Assert.Contains(serving.Process.Output, line => line.Contains("rejected a request", StringComparison.Ordinal));
        Assert.Equal(
            level != "information",
            serving.Process.Output.Any(line => line.Contains("\"LogLevel\":\"Debug\"", StringComparison.Ordinal)));
        Assert.Empty(serving.Process.Error);
    }

    [Fact]
    public async Task Serve_HostileNames_AreStillOneJsonObjectALine()
    {
        const string Hostile = "a\"b\\\n{\"forged\":true}\r\n\u001b[31mred\u2028\u0000\u007f";
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__LOG_LEVEL", "debug"));
        foreach (var recording in new[] { Recordings.Sound, Recordings.Global })
        {
            var review = Recordings.Json(recording)
                .With("/request/namespace", Hostile)
                .With("/request/uid", Hostile)
                .With("/request/object/metadata/name", Hostile)
                .With("/request/object/metadata/ownerReferences", new JsonArray(new JsonObject { ["kind"] = Hostile, ["name"] = Hostile }))
                .With("/request/object/spec/containers/0/name", Hostile)
                .With("/request/object/metadata/labels", new JsonObject { ["sts-webhook.io/" + Hostile] = Hostile });
            foreach (var path in new[] { "/mutate", "/mutate/warn", "/validate/audit", "/bind" })
            {
                var answer = await serving.Client.PostAsync(path, review);
                Assert.Equal(Hostile, answer.Uid);
                Assert.DoesNotContain(answer.Response["warnings"]?.AsArray() ?? [], warning => ((string)warning!).Any(c => c < ' '));
            }
        }

        await serving.Process.TerminateAsync();
        await serving.Process.ExitCodeAsync();

        Assert.All(serving.Process.Output, line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
            Assert.False(json.RootElement.TryGetProperty("forged", out _));
        });
        Assert.Equal(8, serving.Process.Output.Count(line => line.Contains("\"EventId\":1", StringComparison.Ordinal) && line.Contains("forged", StringComparison.Ordinal)));
        Assert.DoesNotContain(serving.Process.Output, line => line.Any(char.IsControl));
    }

    /// <summary>What is allowed, warned of, denied, ignored and refused, with the secret wherever text can stand.</summary>
    private static IEnumerable<(string Path, byte[] Body)> Requests()
    {
        string[] paths = ["/mutate", "/mutate/warn", "/mutate/audit", "/validate", "/bind"];
        foreach (var path in paths)
        {
            yield return (path, Filled(Recordings.Json(Recordings.Sound), "https://sts.us-east-2.amazonaws.com/").Utf8());
            yield return (path, Filled(Recordings.Json(Recordings.Global), "https://sts.amazonaws.com/").Utf8());
            yield return (path, Encoding.UTF8.GetBytes("{\"password\": \"" + Secret + "\""));
            yield return (path, Encoding.UTF8.GetBytes(Secret));
            yield return (path, Filled(Recordings.Json(Recordings.Sound), string.Empty).With("/request/object/spec/containers/0/env/0/value", 7).Utf8());
            yield return (path, Filled(Recordings.Json(Recordings.Sound), string.Empty).With("/request/object/spec/volumes", Secret).Utf8());
        }

        yield return ("/mutate", Recordings.Json(Recordings.Sound)
            .With("/request/object/metadata/annotations", new JsonObject { ["sts-webhook.io/region"] = Secret }).Utf8());
        var configMap = Recordings.Json("configmaps-create-aws-config").With(
            "/request/object/data",
            new JsonObject { ["config"] = $"[default]\nsts_regional_endpoints = legacy\npassword = {Secret}\nendpoint_url = https://sts.amazonaws.com/{Secret}" });
        yield return ("/validate", configMap.Utf8());
        yield return ("/validate", configMap.With("/request/object/data/config", new JsonArray(Secret)).Utf8());
    }

    /// <summary>Reviews of every kind, with the secret in place of every text that is not a name.</summary>
    private static IEnumerable<(string Path, byte[] Body)> Planted()
    {
        var recordings = Directory.EnumerateFiles(Path.GetDirectoryName(Recordings.Nodes)!, "*.json").Select(Path.GetFileNameWithoutExtension);
        foreach (var recording in recordings.Where(name => name != "nodes"))
        {
            foreach (var text in new[] { Secret, $"https://sts.amazonaws.com/{Secret}", $"AWS_STS_REGIONAL_ENDPOINTS=legacy {Secret}" })
            {
                var review = Recordings.Json(recording!);
                foreach (var member in new[] { "object", "oldObject", "options", "userInfo" })
                {
                    Plant(review["request"]![member], text);
                }

                foreach (var path in new[] { "/mutate", "/validate/warn", "/bind" })
                {
                    yield return (path, review.Utf8());
                }
            }
        }
    }

    private static void Plant(JsonNode? node, string text)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json.ToArray())
                {
                    if (value is JsonValue leaf && leaf.GetValueKind() == JsonValueKind.String && !Names.Contains(name))
                    {
                        json[name] = text;
                    }
                    else
                    {
                        Plant(value, text);
                    }
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is JsonValue leaf && leaf.GetValueKind() == JsonValueKind.String)
                    {
                        list[i] = text;
                    }
                    else
                    {
                        Plant(list[i], text);
                    }
                }

                break;
        }
    }

    private static JsonNode Filled(JsonNode review, string url) => review
        .With("/request/object/metadata/annotations", new JsonObject
        {
            ["example.com/token"] = Secret,
            ["example.com/url"] = url + Secret,
            ["vault.hashicorp.com/agent-inject-template-x"] = $"endpoint = {url}{Secret}",
        })
        .With("/request/object/spec/containers/0/command", new JsonArray("sh", "-c", $"TOKEN={Secret} aws --endpoint-url {url}{Secret} --region aws-global; echo {Secret}"))
        .With("/request/object/spec/containers/0/args", new JsonArray($"--password={Secret}", "--endpoint", url + Secret, $"--endpoint={url}?token={Secret}"))
        .With("/request/object/spec/containers/0/env", new JsonArray(
            new JsonObject { ["name"] = "PASSWORD", ["value"] = Secret },
            new JsonObject { ["name"] = "STS_ENDPOINT", ["value"] = url + Secret },
            new JsonObject { ["name"] = "STS_URL", ["value"] = url.Replace("://", $"://user:{Secret}@", StringComparison.Ordinal) },
            new JsonObject { ["name"] = "AWS_STS_REGIONAL_ENDPOINTS", ["value"] = Secret },
            new JsonObject { ["name"] = "AWS_REGION", ["value"] = Secret },
            new JsonObject { ["name"] = "AWS_DEFAULT_REGION", ["value"] = Secret + "2" },
            new JsonObject { ["name"] = "AWS_CONFIG", ["value"] = $"{{\"endpoint\": \"{url}\", \"secret\": \"{Secret}\"}}" }))
        .With("/request/object/spec/containers/0/livenessProbe", new JsonObject
        {
            ["exec"] = new JsonObject { ["command"] = new JsonArray("curl", url + Secret) },
            ["httpGet"] = new JsonObject { ["host"] = "sts.amazonaws.com", ["path"] = "/" + Secret },
        })
        .With("/request/object/spec/volumes", new JsonArray(new JsonObject
        {
            ["name"] = "store",
            ["csi"] = new JsonObject { ["volumeAttributes"] = new JsonObject { ["endpoint"] = url + Secret } },
        }));
}
