using System.Net;
using Xunit;

namespace StsWebhook.Clients.Tests.Clients;

public sealed class ConnectLogTests
{
    [Fact]
    public async Task Hosts_AreThoseThatClientsAskFor()
    {
        await using var log = new ConnectLog();
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(log.Address) });
        var token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://sts.us-east-2.amazonaws.com/", token));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://sts.us-east-2.amazonaws.com/again", token));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("http://169.254.169.254/latest", token)).StatusCode);

        Assert.Equal(["sts.us-east-2.amazonaws.com", "169.254.169.254"], log.Hosts);
    }
}
