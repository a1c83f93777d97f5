using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// Names who called by the part that stays the same from call to call
/// (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html). An access key is
/// no name, and is never read.
/// </summary>
internal static class Principal
{
    private const string Unknown = "unknown";
    private const string AssumedRole = ":assumed-role/";

    /// <summary>The name, by the first of these that the event has.</summary>
    /// <param name="identity">The event's <c>userIdentity</c>.</param>
    public static string Format(JsonElement identity) =>
        // arn:         users, roles, root
        // userName:    whoever shows a token of an identity provider, as pods do: system:serviceaccount:NAMESPACE:NAME
        // invokedBy:   an AWS service
        // principalId: a principal of another account, which sees no more than the other's id
        // type:        what has none of these
        identity.Text("arn"u8) is { Length: > 0 } arn ? WithoutSession(arn)
            : identity.Text("userName"u8) is { Length: > 0 } name ? Federated(name, identity.Text("identityProvider"u8))
            : identity.Text("invokedBy"u8) is { Length: > 0 } service ? service
            : identity.Text("principalId"u8) is { Length: > 0 } id ? OfAccount(identity.Text("accountId"u8), id)
            : identity.Text("type"u8) is { Length: > 0 } type ? type
            : Unknown;

    /// <summary><c>arn:aws:sts::111122223333:assumed-role/ROLE/SESSION</c> without the session.</summary>
    private static string WithoutSession(string arn) =>
        arn.Contains(AssumedRole, StringComparison.Ordinal) && arn.LastIndexOf('/') is var end && end > arn.IndexOf('/', StringComparison.Ordinal)
            ? arn[..end]
            : arn;

    /// <summary>The provider is an ARN, <c>arn:aws:iam::111122223333:oidc-provider/HOST/PATH</c>, or a host.</summary>
    private static string Federated(string name, string? provider) =>
        string.IsNullOrEmpty(provider) ? name
        : provider.StartsWith("arn:", StringComparison.Ordinal) && provider.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            ? $"{name} via {provider[(slash + 1)..]}"
            : $"{name} via {provider}";

    /// <summary>The id of a role is followed by the session.</summary>
    private static string OfAccount(string? account, string id)
    {
        var stable = id.Split(':', 2)[0];
        return string.IsNullOrEmpty(account) ? stable : $"{account}/{stable}";
    }
}
