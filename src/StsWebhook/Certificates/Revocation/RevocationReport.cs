using StsWebhook.Output;

namespace StsWebhook.Certificates.Revocation;

/// <summary>The result of a revocation.</summary>
/// <param name="Lines">One line per object.</param>
/// <param name="ExitCode">Success, or Found if a revoked CA is still in use, or Unusable if an object could not be read.</param>
internal sealed record RevocationReport(IReadOnlyList<string> Lines, ExitCode ExitCode);
