using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>A complete HTTP answer.</summary>
public sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The response of the AdmissionReview.</summary>
    public JsonNode Response => JsonNode.Parse(Body)!["response"]!;

    public bool Allowed => Response["allowed"]!.GetValue<bool>();

    public string Uid => Response["uid"]!.GetValue<string>();

    /// <summary>The JSON Patch, or null.</summary>
    public string? Patch => Response["patch"] is { } patch
        ? Encoding.UTF8.GetString(Convert.FromBase64String(patch.GetValue<string>()))
        : null;

    /// <summary>Asserts that the review is denied for exactly one cause, which names the field.</summary>
    public void AssertDenied(string field)
    {
        Assert.False(Allowed);
        var cause = Assert.Single(Response["status"]!["details"]!["causes"]!.AsArray());
        Assert.Equal(field, (string?)cause!["field"]);
    }
}
