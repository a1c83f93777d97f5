namespace StsWebhook.Clients.Tests.Situations;

/// <summary>
/// The credentials of a pod, which determine what calls STS: the client itself, or the SDK's credential chain,
/// which has its own STS client.
/// </summary>
internal enum Credentials
{
    /// <summary>Access keys from a Secret: the client's GetCallerIdentity is the first call.</summary>
    Keys,

    /// <summary>A token and a role (IRSA): the chain's AssumeRoleWithWebIdentity comes first.</summary>
    WebIdentity,
}
