namespace StsWebhook.Certificates;

/// <summary>What the Secret should hold.</summary>
/// <param name="Certificates">The certificates; the stored ones themselves where nothing is to change.</param>
/// <param name="Reason">Why they change; empty where they do not.</param>
/// <param name="IsOutOfTurn">
/// Whether what is stored should not have come to be: it is good at another time, or not ours. The remedy may make it
/// worse where clocks disagree, so that it is not to be taken again and again.
/// </param>
internal sealed record RotationDecision(ManagedCertificates Certificates, string Reason, bool IsOutOfTurn);
