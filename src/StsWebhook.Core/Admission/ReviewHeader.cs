namespace StsWebhook.Core.Admission;

/// <summary>
/// What an answer, the log and the metrics need to know of a review that is not judged. Texts are empty where the bytes that
/// were read do not contain them.
/// </summary>
public sealed record ReviewHeader
{
    /// <inheritdoc cref="AdmissionRequest.Uid"/>
    public required string Uid { get; init; }

    /// <inheritdoc cref="AdmissionRequest.Group"/>
    public string Group { get; init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Resource"/>
    public string Resource { get; init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Operation"/>
    public string Operation { get; init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Namespace"/>
    public string Namespace { get; init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.DisplayName"/>
    public string Name { get; init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.IsDryRun"/>
    public bool IsDryRun { get; init; }
}
