using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

public sealed class ReviewHeaderReaderTests
{
    [Theory]
    [InlineData("pods-create-shell", "pods", "CREATE", "shell")]
    [InlineData("pods-create-ledger", "pods", "CREATE", null)]
    [InlineData("pods-ephemeralcontainers-update-shell", "pods/ephemeralcontainers", "UPDATE", "shell")]
    [InlineData("deployments-create-ledger", "deployments", "CREATE", "ledger")]
    [InlineData("pods-create-shell-dry-dryrun", "pods", "CREATE", null)]
    public void TryRead_RecordedReview_EqualsTheParsedRequest(string recording, string resource, string operation, string? name)
    {
        var body = Fixture.Bytes($"recordings/{recording}.json");
        var request = JsonNode.Parse(body)!["request"]!;
        var metadata = request["object"]!["metadata"]!;

        Assert.True(ReviewHeaderReader.TryRead(body, out var header, out var error), error);

        Assert.Equal((string?)request["uid"], header.Uid);
        Assert.Equal((string?)request["resource"]!["group"] ?? string.Empty, header.Group);
        Assert.Equal(resource, header.Resource);
        Assert.Equal(operation, header.Operation);
        Assert.Equal((string?)request["namespace"], header.Namespace);
        Assert.Equal((string?)metadata["name"] ?? (string?)metadata["generateName"] + "*", header.Name);
        Assert.Equal((bool?)request["dryRun"] ?? false, header.IsDryRun);
        if (name is not null)
        {
            Assert.Equal(name, header.Name);
        }
    }

    [Fact]
    public void TryRead_EscapedFieldNames_AreRead()
    {
        var body = """{"kin\u0064":"AdmissionReview","\u0061piVersion":"admission.k8s.io/v1","r\u0065quest":{"\u0075id":"1"}}"""u8;

        Assert.True(ReviewHeaderReader.TryRead(body, out var header, out var error), error);
        Assert.Equal("1", header.Uid);
    }

    [Fact]
    public void Read_OneByteAtATime_IsTheSame()
    {
        var body = Fixture.Bytes("recordings/pods-create-shell.json");
        var reader = new ReviewHeaderReader();
        foreach (var one in body)
        {
            reader.Read([one]);
        }

        Assert.True(reader.TryGet(out var header, out _));
        Assert.True(ReviewHeaderReader.TryRead(body, out var whole, out _));
        Assert.Equal(whole, header);
    }

    [Fact]
    public void TryRead_ObjectFirst_FindsTheHeaderBehindIt()
    {
        const string Body = """
            {"request":{"object":{"metadata":{"labels":{"uid":"x","name":"y"},"name":"p"},"uid":["z"],"spec":{"kind":"}]\\\""}},
            "dryRun":true,"operation":"CREATE","namespace":"\u0061","resource":{"resource":"pods","version":"v1","group":""},"uid":"u"},
            "apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}
            """;

        Assert.True(ReviewHeaderReader.TryRead(Encoding.UTF8.GetBytes(Body), out var header, out var error), error);
        Assert.Equal(
            new ReviewHeader { Uid = "u", Resource = "pods", Operation = "CREATE", Namespace = "a", Name = "p", IsDryRun = true }, header);
    }

    [Fact]
    public void TryRead_NameOfAMegabyte_IsKeptInPart()
    {
        var review = Review.OfPod(new JsonObject { ["metadata"] = new JsonObject { ["name"] = new string('n', 1_000_000) } });

        Assert.True(ReviewHeaderReader.TryRead(Encoding.UTF8.GetBytes(review.ToJsonString()), out var header, out _));
        Assert.Equal(1024, header.Name.Length);
    }

    [Theory]
    [InlineData("", "kind: expected AdmissionReview of admission.k8s.io/v1")]
    [InlineData("[]]}}", "kind: expected AdmissionReview of admission.k8s.io/v1")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u"}}""", "apiVersion: expected admission.k8s.io/v1, the only version that this webhook supports")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":"uid"}""", "request: expected an object, found nothing")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":7}}""", "request.uid: expected a string that is not empty, found none")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"options":{"uid":"u"}}}""", "request.uid: expected a string that is not empty, found none")]
    public void TryRead_NotAReview_IsAnError(string body, string expected)
    {
        Assert.False(ReviewHeaderReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryRead_AnyBeginning_DoesNotThrow()
    {
        var body = Fixture.Bytes("recordings/pods-create-shell.json");
        for (var length = 0; length < body.Length; length += 7)
        {
            ReviewHeaderReader.TryRead(body.AsSpan(0, length), out _, out _);
        }
    }
}
