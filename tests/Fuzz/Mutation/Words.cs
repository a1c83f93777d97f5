using StsWebhook.Fuzz.Coverage;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>
/// The words that inputs consist of: the string literals of the code, and words that the code reads but does not
/// contain.
/// </summary>
internal static class Words
{
    private static readonly string[] Own =
    [
        "sts.amazonaws.com", "https://sts.amazonaws.com", "STS.AmazonAWS.com.", "sts.us-east-1.amazonaws.com",
        "https://user@sts.amazonaws.com:443/", "sts%2eamazonaws%2Ecom", "sts\u3002amazonaws\uFF0Ecom", "\uFF53\uFF54\uFF53.amazonaws.com",
        "sts-global.eu-west-1.amazonaws.com", "sts-fips.us-east-2.amazonaws.com", "foo.sts.amazonaws.com", "sts.amazonaws.com.cn",
        "vpce-0123-abc.sts.eu-west-1.vpce.amazonaws.com", "sts.eu-west-1.api.aws", "aws-global", "legacy", "regional", "Regional",
        "AWS_STS_REGIONAL_ENDPOINTS", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL", "sts_regional_endpoints",
        "us-east-2", "eu-west-1", "us-west-2-lax-1a", "cn-north-1", "us-gov-west-1", "$(AWS_REGION)", "$$(X)", "${AWS_REGION}", "$(", "${a:-",
        "export ", "unset AWS_REGION", "env -i ", "env -u AWS_REGION ", "exec -c ", "sh -c ", "sed -i s/a/b/ ", "echo ", "grep ", "printf ", " > f",
        "aws configure set ", "--endpoint-url ", "--region=", "-Daws.region=", "--audience ", "aud: ", "host: ", "endpoint=", "url: ", "server ",
        "no_proxy=", "client_id=", "<name>", "</name>", "<value>", "</value>", "<![CDATA[", "]]>", "<!--", "-->", "&#46;", "&amp;", "\\u002e", "\\n", "\\",
        "{\"a\":\"", "[\"--host\",\"", "[default]", "#", "//", "/*", "*/", "'", "\"", "`", ";", " && ", " | ", "=", ": ", "=>", ",", "@", "%", "%2e", "\r\n", "\n", "\t",
        "- ", "---\n", "...\n", "&a ", "*a", "<<: *a", "!!str ", "!!binary ", "|-\n  ", ">+\n  ", "? ", "~", "null", "true", "yes", "0x1F", "1e400", ".inf", "-0", "0o7", "\u2028", "\uFEFF", "\0", "\u0085",
        "sts-webhook.io/inject", "sts-webhook.io/region", "sts-webhook.io/skip-containers", "sts-webhook.io/node-region", "sts-webhook.io/x",
        "metadata.annotations['sts-webhook.io/node-region']", "metadata.annotations['", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
        "kubernetes.io/config.mirror", "vault.hashicorp.com/agent-inject-template-x", "eks.amazonaws.com/audience",
        "name", "value", "valueFrom", "fieldRef", "fieldPath", "configMapKeyRef", "secretKeyRef", "key", "optional", "env", "envFrom", "prefix", "configMapRef", "secretRef",
        "containers", "initContainers", "ephemeralContainers", "command", "args", "lifecycle", "postStart", "preStop", "exec", "httpGet", "tcpSocket", "livenessProbe",
        "metadata", "annotations", "labels", "spec", "template", "jobTemplate", "data", "nodeName", "nodeSelector", "affinity", "nodeAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms", "matchExpressions", "matchFields", "operator", "values", "In", "NotIn", "Exists", "Gt",
        "hostAliases", "hostnames", "volumes", "csi", "volumeAttributes", "ownerReferences", "generateName", "target", "oldObject", "object", "subResource", "dryRun",
        "pods", "pods/binding", "ephemeralcontainers", "binding", "configmaps", "deployments", "cronjobs", "apps", "batch", "CREATE", "UPDATE", "kind", "apiVersion", "List", "items", "ConfigMap", "Pod", "CronJob",
        "Records", "Events", "CloudTrailEvent", "eventSource", "eventTime", "additionalEventData", "RequestDetails", "endpointType", "global", "awsServingRegion",
        "tlsDetails", "clientProvidedHostHeader", "userIdentity", "sessionContext", "sessionIssuer", "arn", "userAgent", "sourceIPAddress", "vpcEndpointId", "2025-08-02T10:00:00Z",
        "a~b/c", "~0", "~1", "~01", "/", "-", "0", "1", "a]b", "a.b[0]",
    ];

    /// <summary>All words, in a fixed order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Own, .. InstrumentedAssemblies.Literals];

    /// <summary>Picks a word; the words known to matter are picked as often as all others together.</summary>
    public static string Any(Random random) =>
        random.Next(2) == 0 ? Own[random.Next(Own.Length)] : All[random.Next(All.Count)];
}
