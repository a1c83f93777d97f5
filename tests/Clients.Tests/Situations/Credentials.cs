namespace StsWebhook.Clients.Tests.Situations;

/// <summary>
/// What a pod has to sign in with, which decides who calls STS: the client itself, or the SDK's credential chain,
/// which makes an STS client of its own.
/// </summary>
internal enum Credentials
{
    /// <summary>Access keys from a Secret: the client's GetCallerIdentity is the first call.</summary>
    Keys,

    /// <summary>A token and a role (IRSA): the chain's AssumeRoleWithWebIdentity comes first.</summary>
    WebIdentity,
}
