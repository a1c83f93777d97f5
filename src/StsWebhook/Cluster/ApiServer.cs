using System.Net;
using System.Text.Json;
using k8s;
using k8s.Exceptions;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads from the Kubernetes API. KubernetesClient finds the server, trusts it and signs in; the answers are read as
/// JSON in place, since of each object only a few fields matter, and since the client's watch yields nothing in a
/// native binary.
/// </summary>
internal sealed class ApiServer : IDisposable
{
    private readonly Kubernetes client;

    private ApiServer(KubernetesClientConfiguration configuration)
    {
        // Each request has a limit of its own; a watch has none but the server's.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        client = new Kubernetes(configuration);
    }

    /// <summary>The API server that the settings mean, or null for none.</summary>
    /// <exception cref="UnusableSettingException">There is no such configuration, or it is broken.</exception>
    public static ApiServer? Connect(ServerSettings settings)
    {
        var mode = settings.Cluster == ClusterMode.Auto
            ? settings.NodesFile is null && KubernetesClientConfiguration.IsInCluster() ? ClusterMode.InCluster : ClusterMode.None
            : settings.Cluster;
        try
        {
            return mode switch
            {
                ClusterMode.InCluster => new ApiServer(KubernetesClientConfiguration.InClusterConfig()),
                ClusterMode.Kubeconfig => new ApiServer(
                    KubernetesClientConfiguration.BuildConfigFromConfigFile(settings.Kubeconfig, null, null, true)),
                _ => null,
            };
        }
        catch (Exception e) when (e is KubeConfigException or KubernetesClientException or IOException or FormatException
            or UnauthorizedAccessException or YamlDotNet.Core.YamlException)
        {
            throw new UnusableSettingException(mode == ClusterMode.InCluster
                ? $"cluster: 'in-cluster' is not possible here: {e.Message}"
                : $"kubeconfig: '{settings.Kubeconfig ?? KubernetesClientConfiguration.KubeConfigDefaultLocation}' cannot be used: {e.Message}");
        }
    }

    /// <summary>Gets a JSON document.</summary>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(path, cancellation).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonDocument.ParseAsync(stream, default, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Begins a watch; each line of the stream is one event.</summary>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<StreamReader> WatchAsync(string path, CancellationToken cancellation)
    {
        var response = await SendAsync(path, cancellation).ConfigureAwait(false);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
        if (client.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellation).ConfigureAwait(false);
        }

        var response = await client.HttpClient
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw new ApiException(response.StatusCode);
        }
    }
}
