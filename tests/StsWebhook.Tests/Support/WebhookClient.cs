using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace StsWebhook.Tests.Support;

/// <summary>A client of both ports of a webhook, for requests of the API server, the kubelet and Prometheus.</summary>
public sealed class WebhookClient : IDisposable
{
    private readonly HttpClient http;
    private readonly X509Certificate2 certificate;

    public WebhookClient(int httpsPort, int managementPort, string certificatePath)
    {
        HttpsPort = httpsPort;
        ManagementPort = managementPort;
        certificate = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            MaxConnectionsPerServer = 4,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = RawConnection.Trusting(certificate) },
        };
        http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public int HttpsPort { get; }

    public int ManagementPort { get; }

    public Task<Answer> PostAsync(string path, JsonNode review) => PostAsync(path, review.Utf8());

    public Task<Answer> PostAsync(string path, byte[] body, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return SendAsync(HttpMethod.Post, path, content);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(method, $"https://localhost:{HttpsPort}{path}") { Content = content }, headers);

    public Task<Answer> ManageAsync(HttpMethod method, string path, HttpContent? content = null) =>
        SendAsync(new HttpRequestMessage(method, $"http://localhost:{ManagementPort}{path}") { Content = content }, []);

    public async Task<MetricsPage> MetricsAsync() => MetricsPage.Parse((await ManageAsync(HttpMethod.Get, "/metrics")).Text);

    public Task<RawConnection> ConnectAsync(SslProtocols protocols = SslProtocols.None) =>
        RawConnection.OpenAsync(HttpsPort, certificate, protocols);

    /// <summary>Connects from another address of the loopback interface, as another client.</summary>
    public Task<RawConnection> ConnectAsync(IPAddress from) => RawConnection.OpenAsync(HttpsPort, certificate, from);

    /// <summary>Connects with these options; the trusted CA is added to them.</summary>
    public Task<RawConnection> ConnectAsync(SslClientAuthenticationOptions options)
    {
        options.TargetHost = "localhost";
        options.CertificateChainPolicy = RawConnection.Trusting(certificate);
        return RawConnection.OpenAsync(HttpsPort, options);
    }

    public void Dispose()
    {
        http.Dispose();
        certificate.Dispose();
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }

            using var response = await http.SendAsync(request);
            var all = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            return new Answer(response.StatusCode, all, await response.Content.ReadAsByteArrayAsync());
        }
    }
}
