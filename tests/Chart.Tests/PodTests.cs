using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The program's pods: security, scheduling and rollout.</summary>
public sealed class PodTests
{
    /// <summary>kubernetes.io/docs/concepts/security/pod-security-standards, "Restricted".</summary>
    [Fact]
    public void Pods_MeetTheRestrictedStandard()
    {
        foreach (var pod in Pods(Helm.Template()))
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.Null(pod.HostNetwork);
            Assert.All(pod.Volumes, v => Assert.True(v.ConfigMap is not null || v.Secret is not null || v.EmptyDir is not null));
            Assert.All(pod.Containers, c =>
            {
                Assert.False(c.SecurityContext.AllowPrivilegeEscalation);
                Assert.True(c.SecurityContext.ReadOnlyRootFilesystem);
                Assert.Equal(["ALL"], c.SecurityContext.Capabilities.Drop, StringComparer.Ordinal);
                Assert.NotEmpty(c.Resources.Requests);
                Assert.True(c.Resources.Limits.ContainsKey("memory"));
            });
        }
    }

    [Fact]
    public void Image_SetsTheUserThatThePodLeavesOpen()
    {
        Assert.Null(Helm.Template().Only<V1Deployment>().Spec.Template.Spec.SecurityContext.RunAsUser);
        Assert.Matches(@"(?m)^USER [1-9][0-9]*$", Repository.Text("Dockerfile"));
    }

    [Fact]
    public void Rollout_KeepsTheNumberOfPods_AndWaitsForTheShutdown()
    {
        var deployment = Helm.Template("--set", "shutdownDelay=40").Only<V1Deployment>().Spec;

        Assert.Equal(2, deployment.Replicas);
        Assert.Equal("0", deployment.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.True(deployment.Template.Spec.TerminationGracePeriodSeconds >= 40 + 20);
        Assert.Equal("/readyz", deployment.Template.Spec.Containers.Single().ReadinessProbe.HttpGet.Path);
        Assert.Equal("/livez", deployment.Template.Spec.Containers.Single().LivenessProbe.HttpGet.Path);
    }

    [Fact]
    public void Autoscaler_WhenEnabled_AloneSetsTheReplicas()
    {
        var manifests = Helm.Template(Helm.Ci("autoscaling"));

        Assert.Null(manifests.Only<V1Deployment>().Spec.Replicas);
        var autoscaler = manifests.Only<V2HorizontalPodAutoscaler>().Spec;
        Assert.Equal((3, 9), (autoscaler.MinReplicas!.Value, autoscaler.MaxReplicas));
        Assert.Equal(manifests.Only<V1Deployment>().Metadata.Name, autoscaler.ScaleTargetRef.Name);
    }

    [Theory]
    [InlineData("sts-webhook", 1)]
    [InlineData("kube-system", 0)]
    public void PriorityQuota_WhenEnabled_AllowsThePriorityClass(string ns, int count)
    {
        var manifests = RenderedManifests.Parse(Helm.Run("template", "x", Repository.Chart, "--namespace", ns).OutputOrThrow());

        Assert.Equal(count, manifests.All<V1ResourceQuota>().Count());
        Assert.Equal("system-cluster-critical", manifests.Only<V1Deployment>().Spec.Template.Spec.PriorityClassName);
    }

    [Fact]
    public void Certificates_OfAnotherIssuer_AreMounted()
    {
        var pod = Helm.Template(Helm.Ci("existing-secret")).Only<V1Deployment>().Spec.Template.Spec;

        Assert.Equal("my-certificate", pod.Volumes.Single(v => v.Secret is not null).Secret.SecretName);
        Assert.Equal("/etc/sts-webhook/tls", pod.Containers.Single().VolumeMounts.Single(m => m.Name == "certificates").MountPath);
    }

    [Fact]
    public void CaOfClients_IsMountedWhereTheProgramLooks()
    {
        var pod = Helm.Template(Helm.Ci("client-ca")).Only<V1Deployment>().Spec.Template.Spec;

        var volume = pod.Volumes.Single(v => v.Name == "client-ca").ConfigMap;
        var mount = pod.Containers.Single().VolumeMounts.Single(m => m.Name == "client-ca").MountPath;
        Assert.Equal(("webhook-client-ca", "bundle.pem"), (volume.Name, volume.Items.Single().Key));
        Assert.Equal(
            $"{mount}/{volume.Items.Single().Path}",
            pod.Containers.Single().Env.Single(e => e.Name == "STS_WEBHOOK__CLIENT_CA").Value);
    }

    [Fact]
    public void NetworkPolicy_AllowsTheRequiredTraffic()
    {
        var policy = Helm.Template(Helm.Ci("network-policy")).Only<V1NetworkPolicy>().Spec;

        var reviews = policy.Ingress.Single(r => r.Ports.Any(p => p.Port.Value == "https"));
        Assert.Null(reviews.FromProperty);
        Assert.Equal(
            ["4317", "443", "53", "53", "80"],
            policy.Egress.SelectMany(r => r.Ports).Select(p => p.Port.Value).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static IEnumerable<V1PodSpec> Pods(RenderedManifests manifests) =>
        [manifests.Only<V1Deployment>().Spec.Template.Spec, manifests.All<V1Job>().Single().Spec.Template.Spec];
}
