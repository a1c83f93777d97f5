using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>The objects that managed certificates use, and how an API server uses them.</summary>
internal sealed class CertificateCluster(StubObjects objects)
{
    public const string Namespace = "infra";
    public const string Secret = "sts-webhook-certificates";
    public const string Secrets = "/api/v1/namespaces/infra/secrets";
    public const string Configuration = "sts-webhook";
    public const string ServiceHost = "sts-webhook.infra.svc";

    public static IReadOnlyList<string> Kinds { get; } = [.. WebhookConfigurations.Kinds.Select(kind => "/" + kind)];

    /// <summary>The configurations that <c>helm install</c> creates: a webhook behind the Service and one behind a URL, with empty caBundles.</summary>
    public void Install()
    {
        foreach (var kind in Kinds)
        {
            objects.Put(kind, Configuration, Empty());
        }
    }

    public static JsonObject Empty() => JsonNode.Parse("""
        {
          "metadata": {"name": "sts-webhook", "labels": {"app": "x"}},
          "webhooks": [
            {"name": "a.sts-webhook.io", "clientConfig": {"service": {"name": "sts-webhook", "namespace": "infra", "path": "/mutate"}}, "timeoutSeconds": 3},
            {"name": "b.sts-webhook.io", "clientConfig": {"url": "https://hook.example/mutate/warn", "caBundle": "AAAA"}, "futureField": {"x": 1}}
          ]
        }
        """)!.AsObject();

    /// <summary>The <c>caBundle</c> of each webhook, as PEM.</summary>
    public IEnumerable<string> Bundles() => Kinds
        .Select(kind => objects.Find(kind, Configuration))
        .Where(json => json is not null)
        .SelectMany(json => json!["webhooks"]!.AsArray())
        .Select(webhook => (string?)webhook!["clientConfig"]!["caBundle"] is { } bundle
            ? Encoding.ASCII.GetString(Convert.FromBase64String(bundle))
            : string.Empty);

    /// <summary>The CAs that a bundle holds.</summary>
    public static X509Certificate2Collection Authorities(string bundle)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(bundle);
        return found;
    }

    /// <summary>The error of an API server that trusts only this bundle and verifies a certificate at this time; null if it accepts the certificate.</summary>
    public static string? Verify(X509Certificate2 leaf, string bundle, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(bundle, now) };
        return !chain.Build(leaf) ? string.Join(", ", chain.ChainStatus.Select(s => s.Status))
            : !leaf.MatchesHostname(ServiceHost) ? "not for " + ServiceHost
            : null;
    }

    public static X509ChainPolicy Policy(string bundle, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        policy.CustomTrustStore.AddRange(Authorities(bundle));
        return policy;
    }

    /// <summary>The value of a key of the Secret, or null.</summary>
    public string? Stored(string key) =>
        (string?)objects.Find(Secrets, Secret)?["data"]?[key] is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;

    /// <summary>Changes keys of the Secret, as anyone who may write it can; null removes a key.</summary>
    public void Overwrite(params (string Key, string? Text)[] keys)
    {
        var json = objects.Find(Secrets, Secret)!;
        foreach (var (key, text) in keys)
        {
            if (text is null)
            {
                json["data"]!.AsObject().Remove(key);
            }
            else
            {
                json["data"]![key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
            }
        }

        objects.Put(Secrets, Secret, json);
    }

    /// <summary>Writes the serving certificate and its key to the Secret.</summary>
    public void OverwriteServing(CertificatePair serving) => Overwrite(
        ("tls.crt", serving.CertificatesPem), ("tls.key", serving.Leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));

    /// <summary>Writes the CA and its key to the Secret.</summary>
    public void OverwriteAuthority(CertificateAuthority authority, string name = "ca") => Overwrite(
        (name + ".crt", authority.Certificate.ExportCertificatePem()),
        (name + ".key", authority.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));

    /// <summary>The CA of the Secret, with its key.</summary>
    public CertificateAuthority StoredAuthority() => new(X509Certificate2.CreateFromPem(Stored("ca.crt")!, Stored("ca.key")!));

    /// <summary>Writes the annotation that revokes CAs.</summary>
    public void Revoke(string serials)
    {
        var json = objects.Find(Secrets, Secret)!;
        json["metadata"]!["annotations"] = new JsonObject { ["sts-webhook.io/revoke"] = serials };
        objects.Put(Secrets, Secret, json);
    }

    /// <summary>Whether any bundle contains a CA.</summary>
    public bool IsInABundle(X509Certificate2 authority) =>
        Bundles().Any(bundle => Authorities(bundle).Any(c => c.Thumbprint == authority.Thumbprint));

    public void AssertTrusted(X509Certificate2 leaf, DateTimeOffset now) => Assert.All(Bundles(), bundle => Assert.Null(Verify(leaf, bundle, now)));
}
