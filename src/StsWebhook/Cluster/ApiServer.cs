using System.Net;
using System.Text.Json;
using k8s;
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

    /// <summary>Ends with a slash: an API server behind a proxy may have a path before <c>/api</c>, which must stay.</summary>
    private readonly Uri root;

    private ApiServer(KubernetesClientConfiguration configuration)
    {
        // Each request has a limit of its own; a watch has none but the server's.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        client = new Kubernetes(configuration);
        root = new Uri(client.BaseUri.AbsoluteUri.TrimEnd('/') + '/');
    }

    /// <summary>The API server that the settings mean, or null for none.</summary>
    /// <exception cref="UnusableSettingException">There is no such configuration, or it is broken.</exception>
    public static ApiServer? Connect(ServerSettings settings)
    {
        return ModeOf(settings) switch
        {
            ClusterMode.InCluster => Connect(
                KubernetesClientConfiguration.InClusterConfig, "cluster: 'in-cluster' is not possible here"),
            ClusterMode.Kubeconfig => Connect(
                () => KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(KubeconfigFile(settings))),
                $"kubeconfig: '{KubeconfigFile(settings)}' cannot be used"),
            _ => null,
        };
    }

    /// <summary>Gets a JSON document.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Ends the request.</param>
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
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Ends the request, and the stream.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<StreamReader> WatchAsync(string path, CancellationToken cancellation)
    {
        var response = await SendAsync(path, cancellation).ConfigureAwait(false);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static ClusterMode ModeOf(ServerSettings settings) =>
        settings.Cluster != ClusterMode.Auto ? settings.Cluster
        : settings.Kubeconfig is not null ? ClusterMode.Kubeconfig
        : settings.NodesFile is null && KubernetesClientConfiguration.IsInCluster() ? ClusterMode.InCluster
        : ClusterMode.None;

    private static ApiServer Connect(Func<KubernetesClientConfiguration> read, string obstacle)
    {
        try
        {
            return new ApiServer(read());
        }
        catch (NullReferenceException)
        {
            // So the client fails at a file that is empty, or lacks what every file has.
            throw new UnusableSettingException($"{obstacle}: it is no kubeconfig, or an empty one");
        }
        catch (Exception e)
        {
            // Files, YAML, base64, keys, commands that sign in: whatever it is, the operator's file is to be mended.
            throw new UnusableSettingException($"{obstacle}: {e.Message}");
        }
    }

    /// <summary>
    /// The file that kubectl would read. Of several that <c>KUBECONFIG</c> names it is the first that exists, whose
    /// current context kubectl takes as well; what it refers to in the others is not found.
    /// </summary>
    private static string KubeconfigFile(ServerSettings settings)
    {
        if (settings.Kubeconfig is { } named)
        {
            return named;
        }

        var listed = Environment.GetEnvironmentVariable("KUBECONFIG")?
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return Array.Find(listed, File.Exists)
            ?? listed.FirstOrDefault()
            ?? KubernetesClientConfiguration.KubeConfigDefaultLocation;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, path));
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
