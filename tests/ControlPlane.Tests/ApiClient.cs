using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>A client of the API server that uses plain JSON, without any typed model.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri address, string token, X509Certificate2 authority)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostAsync(string path, JsonObject json) => SendAsync(HttpMethod.Post, path, json, "application/json");

    /// <summary>Sends a strategic merge patch, as kubectl does.</summary>
    public Task<ApiAnswer> PatchAsync(string path, JsonObject json) =>
        SendAsync(HttpMethod.Patch, path, json, "application/strategic-merge-patch+json");

    public void Dispose() => http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, JsonObject? json = null, string? mediaType = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, mediaType!);
        }

        using var response = await http.SendAsync(request);
        return new ApiAnswer(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
