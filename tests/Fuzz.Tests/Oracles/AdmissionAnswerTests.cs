using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Oracles;
using Xunit;

namespace StsWebhook.Fuzz.Tests.Oracles;

/// <summary>Each rule of the oracle rejects an answer that breaks it: an oracle that accepts everything finds no defects.</summary>
public sealed class AdmissionAnswerTests
{
    private const string Status = """ "status":{"code":403,"reason":"Forbidden","message":"no","details":{"causes":[{"reason":"r","field":"f","message":"m"}]}} """;

    [Theory]
    [InlineData(""" "uid":"u","allowed":true """)]
    [InlineData(""" "uid":"u","allowed":true,"patchType":"JSONPatch","patch":"W10=","warnings":["w"],"auditAnnotations":{"region-source":"node"} """)]
    [InlineData(""" "uid":"u","allowed":false, """ + Status)]
    public void Read_ValidAnswer_Passes(string response) => Read(response);

    [Theory]
    [InlineData(""" "uid":"v","allowed":true """, "repeats the uid")]
    [InlineData(""" "uid":"u","allowed":true,"else":1 """, "known members")]
    [InlineData(""" "uid":"u","allowed":true,"patch":"W10=" """, "come together")]
    [InlineData(""" "uid":"u","allowed":true,"patchType":"JSONPatch" """, "come together")]
    [InlineData(""" "uid":"u","allowed":true,"patchType":"MergePatch","patch":"W10=" """, "is a JSON Patch")]
    [InlineData(""" "uid":"u","allowed":false,"patchType":"JSONPatch","patch":"W10=", """ + Status, "no patch")]
    [InlineData(""" "uid":"u","allowed":false """, "has a status")]
    [InlineData(""" "uid":"u","allowed":true, """ + Status, "has a status")]
    [InlineData(""" "uid":"u","allowed":false,"status":{"code":422,"reason":"Invalid","message":"no","details":{"causes":[]}} """, "403")]
    [InlineData(""" "uid":"u","allowed":false,"status":{"code":403,"reason":"Forbidden","message":"a\u0000","details":{"causes":[]}} """, "empty lines")]
    [InlineData(""" "uid":"u","allowed":false,"status":{"code":403,"reason":"Forbidden","message":"a","details":{"causes":[{"reason":"r"}]}} """, "a cause has")]
    [InlineData(""" "uid":"u","allowed":true,"warnings":[""] """, "256")]
    [InlineData(""" "uid":"u","allowed":true,"warnings":["a\nb"] """, "control")]
    [InlineData(""" "uid":"u","allowed":true,"auditAnnotations":{"a/b":"c"} """, "the key")]
    [InlineData(""" "uid":"u","allowed":true,"auditAnnotations":{"-a":"c"} """, "the key")]
    public void Read_InvalidAnswer_Throws(string response, string oracle) =>
        Assert.Contains(oracle, Assert.Throws<OracleException>(() => Read(response)).Oracle, StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{"op":"replace","path":"/spec/containers/0/env/0","value":{}}]""", "only adds")]
    [InlineData("""[{"op":"add","path":"/spec/containers/0/image","value":"x"}]""", "only adds")]
    [InlineData("[]", "not empty")]
    [InlineData("""[{"op":"add","path":"/spec/containers/0/env","value":[{"name":"A","value":"1"}]}]""", "replaces only")]
    [InlineData("""[{"op":"add","path":"/spec/containers/0/env/0","value":{"name":"A","value":""}}]""", "without a value")]
    [InlineData("""[{"op":"add","path":"/spec/containers/0/env/0","value":{"name":"A","value":"1"}},{"op":"add","path":"/spec/containers/0/env/0","value":{"name":"A","value":"2"}}]""", "added twice")]
    public void Patch_Invalid_Throws(string patch, string oracle)
    {
        var pod = JsonNode.Parse("""{"spec":{"containers":[{"env":[{"name":"X","value":"1"}]}]}}""")!.AsObject();

        Assert.Contains(
            oracle, Assert.Throws<OracleException>(() => PatchedObject.Of(pod, Encoding.UTF8.GetBytes(patch))).Oracle, StringComparison.Ordinal);
    }

    private static void Read(string response) => AdmissionAnswer.Read(
        Encoding.UTF8.GetBytes("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{""" + response + "}}"), "u");
}
