using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;

namespace StsWebhook.Tests.Observability;

/// <summary>Requests of every sort to every replica, again and again: what the dashboard is to show.</summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private const string Container = "/request/object/spec/containers/0";

    private static readonly (string Path, byte[] Body)[] Requests = [.. Build()];

    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] running;

    /// <summary>Begins.</summary>
    public MixedLoad(IReadOnlyList<WebhookClient> replicas) =>
        running = [.. replicas.Select(replica => RunAsync(replica, SendAllAsync, TimeSpan.FromMilliseconds(250))), .. replicas.Select(replica => RunAsync(replica, SendSlowlyAsync, TimeSpan.FromMilliseconds(400)))];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
        stopping.Dispose();
    }

    /// <summary>What a trace of a request number is called.</summary>
    private static string TraceParent(int number) =>
        $"00-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(number.ToString("D16", CultureInfo.InvariantCulture)))}-00f067aa0ba902b7-01";

    private static async Task SendAllAsync(WebhookClient replica)
    {
        for (var i = 0; i < Requests.Length; i++)
        {
            using var content = new ByteArrayContent(Requests[i].Body);
            content.Headers.ContentType = new("application/json");
            await replica.SendAsync(HttpMethod.Post, Requests[i].Path, content, ("traceparent", TraceParent(i)));
        }
    }

    /// <summary>A client that takes more than a second to send its body, as behind a bad line.</summary>
    private static async Task SendSlowlyAsync(WebhookClient replica)
    {
        var body = Recordings.Bytes("pods-binding-create-shell");
        await using var connection = await replica.ConnectAsync();
        await connection.SendAsync($"POST /bind HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        await connection.SendAsync(body[..100]);
        await Task.Delay(TimeSpan.FromMilliseconds(1500));
        await connection.SendAsync(body[100..]);
        await connection.ReceiveAsync();
    }

    private static IEnumerable<(string Path, byte[] Body)> Build()
    {
        // Pods that get variables: by the binding, by node, by selector or affinity, by annotation, by the default.
        foreach (var pod in new[] { Recordings.Sound, "pods-create-ledger", "pods-create-log-shipper", "pods-create-cache-0", "pods-create-pinned-to-zone", "pods-create-region-affinity" })
        {
            yield return ("/mutate", Recordings.Bytes(pod));
            yield return ("/validate", Recordings.Bytes(pod));
        }

        yield return ("/mutate", Pod("/request/object/metadata/annotations", """{"sts-webhook.io/region":"eu-central-1"}"""));
        yield return ("/mutate", Recordings.Bytes("pods-create-shell-dry-dryrun"));
        yield return ("/mutate", Recordings.Bytes("pods-ephemeralcontainers-update-shell"));
        for (var i = 0; i < 6; i++)
        {
            yield return ("/bind", Recordings.Bytes("pods-binding-create-shell"));
        }

        // Containers that do not get everything.
        yield return ("/mutate", Pod("/request/object/metadata/labels", """{"sts-webhook.io/inject":"disabled"}"""));
        yield return ("/mutate", Pod("/request/object/metadata/annotations", $$"""{"sts-webhook.io/skip-containers":"{{Recordings.Json(Recordings.Sound)["request"]!["object"]!["spec"]!["containers"]![0]!["name"]}}"}"""));
        yield return ("/mutate", Pod($"{Container}/envFrom", """[{"secretRef":{"name":"s"}}]"""));
        yield return ("/mutate", Pod($"{Container}/envFrom", """[{"configMapRef":{"name":"hidden"}}]"""));
        yield return ("/mutate", Pod($"{Container}/env", """[{"name":"AWS_REGION","value":""}]"""));

        // What the policy finds, under every enforcement.
        foreach (var enforcement in new[] { "deny", "warn", "audit" })
        {
            yield return ($"/mutate/{enforcement}", Recordings.Bytes(Recordings.Global));
            yield return ($"/validate/{enforcement}", Recordings.Bytes("jobs-create-backfill"));
            yield return ($"/validate/{enforcement}", Recordings.Bytes("configmaps-create-aws-config"));
        }

        yield return ("/mutate", Pod($"{Container}/env", """[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"legacy"}]"""));
        yield return ("/mutate", Pod($"{Container}/env", """[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"Regional"}]"""));
        yield return ("/mutate", Pod($"{Container}/env", """[{"name":"AWS_REGION","value":"aws-global"}]"""));
        yield return ("/mutate", Pod($"{Container}/env", """[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.ap-south-1.amazonaws.com"}]"""));

        // An object that the webhook ignores, and a body that is not a review.
        yield return ("/mutate", Recordings.Bytes("jobs-create-backfill"));
        yield return ("/validate", Recordings.Bytes("deployments-update-ledger"));
        foreach (var path in new[] { "/mutate", "/validate", "/bind" })
        {
            yield return (path, "{"u8.ToArray());
        }
    }

    private static byte[] Pod(string place, string value) => Recordings.Json(Recordings.Sound).With(place, JsonNode.Parse(value)).Utf8();

    private async Task RunAsync(WebhookClient replica, Func<WebhookClient, Task> round, TimeSpan pause)
    {
        while (!stopping.IsCancellationRequested)
        {
            await round(replica);
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
