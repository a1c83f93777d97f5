using Xunit;

namespace StsWebhook.Tests.Observability;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("""sum by (a, b) (rate(x_total{c="d", e=~"f g"}[5m])) / on (h) group_left (i) y:z:w > 0.05""", "x_total y:z:w")]
    [InlineData("histogram_quantile(0.99, sum without (le) (rate(b_bucket[$__rate_interval])))", "b_bucket")]
    [InlineData("a unless b offset 1d or absent(last_over_time(c[1d])) and time() > bool 7", "a b c")]
    [InlineData("""label_replace(m, "namespace", "$1", "exported_namespace", "(.+)")""", "m")]
    public void Metrics_AreThoseThatAreNamed(string expression, string expected) =>
        Assert.Equal(expected.Split(' '), PromQl.Metrics(expression), StringComparer.Ordinal);
}
