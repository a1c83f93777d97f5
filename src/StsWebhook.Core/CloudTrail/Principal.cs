using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// Formats the calling principal by the part of its identity that is the same for every call
/// (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html). Access key IDs are
/// never read.
/// </summary>
internal static class Principal
{
    private const string Unknown = "unknown";
    private const string AssumedRole = ":assumed-role/";

    /// <summary>The name, from the first of the members below that the event has.</summary>
    /// <param name="identity">The event's <c>userIdentity</c>.</param>
    public static string Format(JsonElement identity)
    {
        // Users, roles and the root user.
        if (NonEmpty(identity, "arn"u8) is { } arn)
        {
            return WithoutSession(arn);
        }

        // A client with a token of an identity provider, as pods have it: system:serviceaccount:NAMESPACE:NAME.
        if (NonEmpty(identity, "userName"u8) is { } name)
        {
            return Federated(name, identity.Text("identityProvider"u8));
        }

        // invokedBy: an AWS service. principalId: a principal of another account, of which CloudTrail shows only the ID.
        return NonEmpty(identity, "invokedBy"u8)
            ?? (NonEmpty(identity, "principalId"u8) is { } id ? InAccount(identity.Text("accountId"u8), id) : null)
            ?? NonEmpty(identity, "type"u8)
            ?? Unknown;
    }

    private static string? NonEmpty(JsonElement identity, ReadOnlySpan<byte> member) =>
        identity.Text(member) is { Length: > 0 } text ? text : null;

    /// <summary>Removes the session from <c>arn:aws:sts::111122223333:assumed-role/ROLE/SESSION</c>.</summary>
    private static string WithoutSession(string arn) =>
        arn.Contains(AssumedRole, StringComparison.Ordinal) && arn.LastIndexOf('/') is var end
            && end > arn.IndexOf('/', StringComparison.Ordinal)
            ? arn[..end]
            : arn;

    /// <summary>
    /// Adds the provider, which is an ARN (<c>arn:aws:iam::111122223333:oidc-provider/HOST/PATH</c>) or a host.
    /// </summary>
    private static string Federated(string name, string? provider) =>
        string.IsNullOrEmpty(provider) ? name
        : provider.StartsWith("arn:", StringComparison.Ordinal)
        && provider.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            ? $"{name} via {provider[(slash + 1)..]}"
            : $"{name} via {provider}";

    /// <summary>Removes the session that follows the ID of a role, and adds the account.</summary>
    private static string InAccount(string? account, string id)
    {
        var stable = id.Split(':', 2)[0];
        return string.IsNullOrEmpty(account) ? stable : $"{account}/{stable}";
    }
}
