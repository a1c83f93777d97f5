using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using StsWebhook.Certificates;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.Revocation;
using StsWebhook.Cluster;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook certificates</c>: acts on the managed certificates of a running webhook.</summary>
internal static class CertificatesCommand
{
    private static readonly Option<string?> Context = SettingOptions.CreateContext();

    private static readonly SettingOptions Settings = SettingOptions.ForCertificates(
        "kubeconfig", "certificates.namespace", "certificates.secret", "certificates.webhookConfiguration");

    /// <summary>The command.</summary>
    public static CommandDefinition Definition { get; } = CommandDefinition.Group(
        "certificates",
        "Act on the certificates of --tls managed.",
        new CommandDefinition(
            "revoke",
            "Replace the CA and all keys at once, because they may have been read, and remove the old CAs from every caBundle."
            + " Exit code: 0 done, 1 a revoked CA is still trusted or in use, 2 something could not be read or written.",
            (invocation, _) => RevokeAsync(invocation))
        {
            Options = [Context, .. Settings.Options],
        });

    private static async Task<ExitCode> RevokeAsync(CommandInvocation invocation)
    {
        var startup = Settings.CreateLoader(invocation.Parsed).Load().Startup;
        var certificates = startup.Certificates;
        var @namespace = CertificateServices.NamespaceOf(certificates);
        using var api = KubernetesApiClient.ConnectAsUser(startup, invocation.Parsed.GetValue(Context), TimeProvider.System);
        using var signals = new SignalCancellation();
        var revocation = new CertificateRevocation(
            new CertificateSecret(api, @namespace, certificates.Secret),
            new WebhookConfigurations(api, certificates.WebhookConfiguration, NullLogger<WebhookConfigurations>.Instance),
            TimeProvider.System);
        try
        {
            var report = await revocation.RunAsync(signals.Token).ConfigureAwait(false);
            foreach (var line in report.Lines)
            {
                await invocation.Output.WriteLineAsync(LogText.Sanitize(line)).ConfigureAwait(false);
            }

            return report.ExitCode;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            await invocation.Error.WriteLineAsync(
                "sts-webhook: interrupted: run the command again to see whether the CAs are replaced")
                .ConfigureAwait(false);
            return signals.ExitCode.Value;
        }
    }
}
