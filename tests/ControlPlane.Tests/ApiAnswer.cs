using System.Net;
using System.Text.Json.Nodes;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>An answer of the API server.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonNode Json)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The message of an error.</summary>
    public string Message => (string?)Json["message"] ?? string.Empty;

    public ApiAnswer ThrowIfRefused() =>
        IsSuccess ? this : throw new InvalidOperationException($"the API server answered {(int)Status}: {Json.ToJsonString()}");
}
