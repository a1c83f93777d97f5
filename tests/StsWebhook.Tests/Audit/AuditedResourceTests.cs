using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StsWebhook.Audit;
using StsWebhook.Core.Pods;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Audit;

/// <summary>What is written outside of the code about the kinds of workloads follows from the table of the core.</summary>
public sealed partial class AuditedResourceTests
{
    [Fact]
    public void ClusterRole_GrantsListOfEachResourceAndOfNodes()
    {
        var role = JsonNode.Parse(ManifestInput.Json(ManifestInput.Document(File.ReadAllText(Repository.PathOf("deploy/audit-clusterrole.yaml")))))!;
        var granted =
            from rule in role["rules"]!.AsArray()
            where rule["verbs"]!.AsArray().Count == 1
            from @group in rule["apiGroups"]!.AsArray()
            from resource in rule["resources"]!.AsArray()
            select $"{@group}/{resource}";

        Assert.Equal(
            AuditedResource.All.Select(resource => $"{resource.Group}/{resource.Name}").Append("/nodes").Order(StringComparer.Ordinal),
            granted.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("docs/http.md")]
    [InlineData("docs/check.md")]
    [InlineData("docs/audit.md")]
    public void Documentation_ListsEachKindOfWorkload(string page)
    {
        var list = KindList().Match(File.ReadAllText(Repository.PathOf(page))).Value;

        Assert.Equal(
            WorkloadKind.All.Select(workload => workload.Kind + "s").Order(StringComparer.Ordinal),
            Kind().Matches(list).Select(kind => kind.Value).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>As <c>Deployments, StatefulSets and Jobs</c>.</summary>
    [GeneratedRegex(@"Deployments(,\s+[A-Z]\w+s)+(\s+and\s+[A-Z]\w+s)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KindList();

    [GeneratedRegex(@"[A-Z]\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();
}
