using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads the region of the EC2 instance that this program runs on from the instance metadata service, as the last source
/// of a default region. It uses IMDSv2 only
/// (docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html): a pod needs a hop limit of 2
/// on the instance, or the host network. It asks once, in the background, so that start-up does not wait where there is
/// no such service.
/// </summary>
internal sealed class InstanceMetadata(
    ReviewerProvider reviewers, TimeProvider time, ILogger<InstanceMetadata> log) : BackgroundService
{
    /// <summary>
    /// The SDKs' variables for this service (docs.aws.amazon.com/sdkref/latest/guide/feature-imds-client.html).
    /// </summary>
    private const string DisabledVariable = "AWS_EC2_METADATA_DISABLED";

    private const string EndpointVariable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    private const string DefaultEndpoint = "http://169.254.169.254";

    /// <summary>For the token and the region together.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (reviewers.HasConfiguredRegion
            || string.Equals(Environment.GetEnvironmentVariable(DisabledVariable), "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        using var timer = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timer.Token);
        try
        {
            var region = await AskAsync(either.Token).ConfigureAwait(false);
            if (Partitions.IsRegion(region))
            {
                reviewers.SetFallbackRegion(region);
                log.InstanceRegionFound(region);
            }
        }
        catch (Exception e)
        {
            // Any exception, also for an endpoint that is not an HTTP URL: nothing depends on this answer.
            log.InstanceRegionUnavailable(FaultReporter.Describe(e));
        }
    }

    private static async Task<string> AskAsync(CancellationToken cancellation)
    {
        var endpoint = Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } other ? other : DefaultEndpoint;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(endpoint) };

        using var tokenRequest = new HttpRequestMessage(HttpMethod.Put, "/latest/api/token");
        tokenRequest.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "60");
        using var tokenResponse = await client.SendAsync(tokenRequest, cancellation).ConfigureAwait(false);
        var token = await tokenResponse.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);

        using var regionRequest = new HttpRequestMessage(HttpMethod.Get, "/latest/meta-data/placement/region");
        regionRequest.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", token);
        using var regionResponse = await client.SendAsync(regionRequest, cancellation).ConfigureAwait(false);
        var region = await regionResponse.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        return region.Trim();
    }
}
