namespace StsWebhook.Telemetry;

/// <summary>Why a request got no review as its answer. The words are metric labels.</summary>
internal enum BypassReason
{
    /// <summary>An internal error.</summary>
    Error,

    /// <summary>The client closed the connection before the answer, as an API server does at its timeout.</summary>
    Closed,
}
