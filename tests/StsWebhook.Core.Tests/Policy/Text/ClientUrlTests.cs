using System.Diagnostics;
using System.Text.Json;
using StsWebhook.Core.Policy.Text;
using StsWebhook.Tests.Support;

namespace StsWebhook.Core.Tests.Policy.Text;

public class ClientUrlTests
{
    [Theory]
    [InlineData("https://sts.amazonaws.com", true)]
    [InlineData("https:sts.amazonaws.com", true)]
    [InlineData("https:/sts.amazonaws.com", true)]
    [InlineData("https:////sts.amazonaws.com", true)]
    [InlineData("https:\\\\sts.amazonaws.com", true)]
    [InlineData("h\tttps://sts.ama\r\nzonaws.com", true)]
    [InlineData("\u0001 https://sts.amazonaws.com. ", true)]
    [InlineData("https://sts.amazonaws.com:443\\@x", true)]
    [InlineData("https://a b@sts.amazonaws.com", true)]
    [InlineData("https://\uFF0F@sts.amazonaws.com", true)]
    [InlineData("https://x%2Fy@sts.amazonaws.com", true)]
    [InlineData("https://st%EF%BD%93.amazonaws.com", true)]
    [InlineData("https://sts%C2%AD.amazonaws.com", true)]
    [InlineData("https://s\u034Ft\u2064s.amazonaws.com", true)]
    [InlineData("--endpoint-url=https:/sts.ama\tzonaws.com", true)]
    [InlineData("https://sts.amazonaws.com@x", false)]
    [InlineData("https://x\\@sts.amazonaws.com", false)]
    [InlineData("https://sts.amazonaws.com..", false)]
    [InlineData("https://sts.amazonaws.com.cn", false)]
    [InlineData("https://sts.us-east-2.amazonaws.com", false)]
    [InlineData("https://x/sts.amazonaws.com", false)]
    [InlineData("https://[sts.amazonaws.com]", false)]
    [InlineData("file:/sts.amazonaws.com", false)]
    [InlineData("sts.amazonaws.com", false)]
    [InlineData("https", false)]
    [InlineData("", false)]
    public void CallsGlobalHost_AsTheUrlParser(string value, bool calls) => Assert.Equal(calls, ClientUrl.CallsGlobalHost(value));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void HasGlobalHost_MutatedUrls_AgreesWithNode(int seed) => Compare(seed, 10_000);

    /// <summary>Run with <c>-explicit only</c>: minutes.</summary>
    [Fact(Explicit = true)]
    public void HasGlobalHost_MillionsOfMutatedUrls_AgreesWithNode()
    {
        for (var seed = 100; seed < 140; seed++)
        {
            Compare(seed, 50_000);
        }
    }

    private static void Compare(int seed, int count)
    {
        Assert.SkipWhen(Repository.Tool("node") is null, "node is not installed");
        var mutator = new UrlMutator(seed);
        var urls = Enumerable.Range(0, count).Select(_ => mutator.Next()).ToArray();

        var hosts = HostsInNode(urls);

        Assert.Equal(count, hosts.Length);
        Assert.True(hosts.Count(IsGlobal) > count / 10, "too few URLs of the global host");
        Assert.Empty(urls.Zip(hosts).Where(pair => IsGlobal(pair.Second) && !IsDenied(pair.First)).Select(Describe).Take(5));
        Assert.Empty(urls.Zip(hosts)
            .Where(pair => pair.Second.Length > 0 && !IsGlobal(pair.Second) && ClientUrl.HasGlobalHost(pair.First))
            .Select(Describe)
            .Take(5));
    }

    private static bool IsDenied(string url) =>
        ClientUrl.HasGlobalHost(url) && Evaluated.Variable("AWS_ENDPOINT_URL_STS", url).Contains("global-endpoint", StringComparison.Ordinal);

    private static bool IsGlobal(string host) => host is GlobalHost.Name or GlobalHost.Name + ".";

    private static string Describe((string Url, string Host) pair) => $"{JsonSerializer.Serialize(pair.Url)} has the host {pair.Host}";

    private static string[] HostsInNode(IEnumerable<string> urls)
    {
        using var node = Process.Start(new ProcessStartInfo(
            Repository.Tool("node")!, [Repository.PathOf("tests/StsWebhook.Core.Tests/Policy/Text/whatwg-hosts.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        foreach (var url in urls)
        {
            node.StandardInput.WriteLine(JsonSerializer.Serialize(url));
        }

        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return output[..^1].Split('\n');
    }
}
