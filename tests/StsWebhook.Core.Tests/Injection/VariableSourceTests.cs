using System.Buffers;
using System.Text;
using System.Text.Json;
using StsWebhook.Core.Injection;

namespace StsWebhook.Core.Tests.Injection;

public sealed class VariableSourceTests
{
    /// <summary>A key that the container may start without stays one that it may start without.</summary>
    [Theory]
    [InlineData(false, """{"valueFrom":{"configMapKeyRef":{"name":"app","key":"REGION"}}}""")]
    [InlineData(true, """{"valueFrom":{"configMapKeyRef":{"name":"app","key":"REGION","optional":true}}}""")]
    public void WriteTo_KeyOfAConfigMap_IsAsOptionalAsItsSource(bool isOptional, string expected)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            new VariableSource.ConfigMapKey("app", "REGION", isOptional, "eu-west-1").WriteTo(json);
            json.WriteEndObject();
        }

        Assert.Equal(expected, Encoding.UTF8.GetString(written.WrittenSpan));
    }
}
