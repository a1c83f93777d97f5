using System.Collections;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.X509;
using StsWebhook.Core.Admission;
using StsWebhook.Http;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

/// <summary>
/// Fifty rotations while four clients post reviews over real sockets. Each client trusts the current caBundle of the webhook
/// configurations.
/// </summary>
public sealed class RotationUnderLoadTests
{
    private const int Rotations = 50;
    private const int Clients = 4;

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly byte[] review = Recordings.Bytes(Recordings.Sound);
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<string, bool> shown = new(StringComparer.Ordinal);
    private readonly int[] connections = new int[Clients];
    private int answers;

    [Fact]
    public async Task FiftyRotations_FourClients_NoRequestFails()
    {
        await using var stub = await StubApiServer.StartAsync();
        stub.Clock = time;
        var cluster = new CertificateCluster(stub.Objects);
        cluster.Install();
        await using var server = WebhookServer.Create(
            new ServerSettings
            {
                Startup = new StartupSettings
                {
                    HttpsPort = 0,
                    ManagementPort = 0,
                    Kubeconfig = stub.Kubeconfig,
                    NodesFile = Recordings.Nodes,
                    Tls = TlsMode.Managed,
                    Certificates = new CertificateSettings { Namespace = CertificateCluster.Namespace },
                },
                Reloadable = new ReloadableSettings
                {
                    LogLevel = LogLevel.None,
                    Review = new ReviewSettings { DefaultRegion = "us-east-2" },
                },
            },
            new SettingsLoader(file: null, flags: [], new Hashtable()),
            time);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        await Eventually.HoldsAsync("readiness", async () =>
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{server.ManagementPort}/readyz");
            return answer.IsSuccessStatusCode;
        });

        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => PostAsync(i, server.HttpsPort, cluster, end.Token))).ToArray();
        for (var i = 0; i < Rotations; i++)
        {
            var before = (Certificate: cluster.Stored("tls.crt"), Shown: shown.Count);
            time.Advance(TimeSpan.FromDays(21));
            await PassAsync("the next certificate, and trust in the next CA", () =>
                cluster.Stored("tls.crt") != before.Certificate
                && cluster.Bundles().All(bundle => bundle.Contains(cluster.Stored("next-ca.crt") ?? string.Empty, StringComparison.Ordinal)));

            // The clock advances by weeks: each client must finish its handshake before.
            var opened = (int[])connections.Clone();
            await PassAsync("new connections of each client", () =>
                shown.Count > before.Shown && connections.Zip(opened).All(c => c.First >= c.Second + 2));
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);

        Assert.True(failures.IsEmpty, string.Join('\n', failures));
        Assert.InRange(shown.Count, Rotations + 1, Rotations + 15);
        TestContext.Current.TestOutputHelper?.WriteLine($"{answers} requests, {shown.Count} certificates, no failure");
    }

    /// <summary>Runs a client that opens new connections and sends some requests on each.</summary>
    private async Task PostAsync(int client, int port, CertificateCluster cluster, CancellationToken end)
    {
        var requests = 1 + (client * 7);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var bundle = cluster.Bundles().First();
                await using var connection = await RawConnection.OpenAsync(port, new SslClientAuthenticationOptions
                {
                    TargetHost = CertificateCluster.ServiceHost,

                    // Read the clock of the test as late as possible: it may advance during the handshake.
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTrusted((X509Certificate2)certificate!, bundle),
                });
                Interlocked.Increment(ref connections[client]);
                shown[connection.ServerCertificate.Thumbprint] = true;
                for (var i = 0; i < requests; i++)
                {
                    if ((await connection.PostAsync("/mutate", review)).Patch is null)
                    {
                        failures.Enqueue("no patch");
                    }

                    Interlocked.Increment(ref answers);
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e.ToString());
            }
        }
    }

    private bool IsTrusted(X509Certificate2 leaf, string bundle)
    {
        var now = time.GetUtcNow();
        if (CertificateCluster.Verify(leaf, bundle, now) is not { } why)
        {
            return true;
        }

        failures.Enqueue($"at {now:u}: {leaf.Issuer}, {leaf.Begin():u} to {leaf.Expiry():u}: {why}");
        return false;
    }

    /// <summary>Advances the clock until a condition is true.</summary>
    private Task PassAsync(string awaited, Func<bool> condition) => Eventually.HoldsAsync(awaited, () =>
    {
        time.Advance(TimeSpan.FromSeconds(20));
        return condition();
    });
}
