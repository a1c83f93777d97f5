using CsCheck;

namespace StsWebhook.Core.Tests.Support;

/// <summary>
/// Generates pods as JSON text: ordinary pods, and pods before validation, with unknown fields at
/// every level.
/// </summary>
internal static class PodJson
{
    private static readonly Gen<string> Future = OneOf(
        "", "", """ "futureField":{"a":[1,null,"x"]}""", """ "future":1e400""", """ "zukünftig":null""");

    private static readonly Gen<string> Source = OneOf(
        """{"secretKeyRef":{"name":"s","key":"k"}}""",
        """{"configMapKeyRef":{"name":"c","key":"k","optional":true,"future":1}}""",
        """{"fieldRef":{"fieldPath":"metadata.name"}}""",
        """{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.annotations['sts-webhook.io/node-region']"}}""",
        """{"futureRef":{"name":"f"}}""");

    private static readonly Gen<string> Name = OneOf(
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_STS_REGIONAL_ENDPOINTS", "X", "Y", "AWS_ENDPOINT_URL_STS");

    private static readonly Gen<string> Value = OneOf(
        "", "eu-west-1", "us-east-2", "regional", "$(X)", "$(AWS_REGION)", "$(AWS_DEFAULT_REGION)", "$$(X)", "$(",
        "\\u00e9\\n\\\"", "https://sts.us-east-2.amazonaws.com", "sts.amazonaws.com", "https://$(X)/");

    private static readonly Gen<string> Entry = Gen.OneOf(
        Gen.Select(Name, Value, Future, (n, v, f) => Object($"\"name\":\"{n}\"", $"\"value\":\"{v}\"", f)),
        Gen.Select(Name, Value, (n, v) => Object($"\"value\":\"{v}\"", $"\"name\":\"{n}\"", "\"valueFrom\":null")),
        Gen.Select(Name, Source, Future, (n, s, f) => Object($"\"name\":\"{n}\"", $"\"valueFrom\":{s}", f)),
        Gen.Select(Name, Future, (n, f) => Object($"\"name\":\"{n}\"", f)),
        Name.Select(n => Object($"\"name\":\"{n}\"", "\"value\":null")),
        Value.Select(v => Object($"\"value\":\"{v}\"")));

    private static readonly Gen<string> EnvFrom = Gen.Select(
        OneOf("", "", "\"prefix\":\"\"", "\"prefix\":\"AWS_\"", "\"prefix\":\"APP_\"", "\"prefix\":null"),
        OneOf("\"configMapRef\":{\"name\":\"c\"}", "\"secretRef\":{\"name\":\"s\"}", "\"futureRef\":{}"),
        Future,
        (prefix, source, future) => Object(prefix, source, future));

    private static readonly Gen<string> ContainerFields = Gen.Select(
        Gen.Frequency(
            (1, Gen.Const("")),
            (1, OneOf("\"env\":null", "\"env\":[]")),
            (5, Entry.Array[0, 5].Select(entries => $"\"env\":[{string.Join(',', entries)}]"))),
        Gen.Frequency(
            (4, Gen.Const("")),
            (1, EnvFrom.Array[0, 2].Select(sources => $"\"envFrom\":[{string.Join(',', sources)}]"))),
        OneOf("", "", "\"args\":[\"--x=$(X)\"]", "\"command\":null"),
        Future,
        (env, from, args, future) => Members(args, env, future, from));

    private static readonly Gen<string> Metadata = Gen.Select(
        OneOf("", "", "", "\"labels\":{\"sts-webhook.io/inject\":\"disabled\"}", "\"labels\":{\"app\":\"x\"}", "\"labels\":null"),
        Gen.Select(
            OneOf("", "", "", "\"sts-webhook.io/region\":\"eu-west-1\"", "\"sts-webhook.io/region\":\"nowhere\""),
            OneOf("", "", "\"sts-webhook.io/skip-containers\":\"containers0, initContainers1\""),
            OneOf("", "", "\"sts-webhook.io/node-region\":\"sa-east-1\""),
            OneOf("", "\"example.com/a~b\":\"1\""),
            (region, skip, node, other) => Object(region, skip, node, other)),
        OneOf("annotations", "annotations", "futureAnnotations"),
        Future,
        (labels, annotations, key, future) => Object(labels, $"\"{key}\":{annotations}", future, "\"name\":\"p\""));

    private static readonly Gen<string> Placement = Gen.Select(
        OneOf("", "", "", "\"nodeName\":\"node-c\"", "\"nodeName\":\"unknown\"", "\"nodeName\":null"),
        OneOf("", "", "\"nodeSelector\":{\"topology.kubernetes.io/region\":\"eu-west-1\"}", "\"nodeSelector\":{\"no\":\"node\"}"),
        Future,
        (name, selector, future) => Members(name, selector, future));

    /// <summary>The generator of pods.</summary>
    public static readonly Gen<string> Pods = Gen.Select(
        Gen.Frequency((9, Metadata.Select(m => $"\"metadata\":{m}")), (1, OneOf("", "\"metadata\":null"))),
        List("initContainers", 2),
        List("containers", 3),
        List("ephemeralContainers", 1),
        Placement,
        Future,
        (metadata, init, regular, ephemeral, placement, future) => Object(
            "\"kind\":\"Pod\"", metadata, $"\"spec\":{Object(init, placement, regular, ephemeral)}", future));

    /// <summary>A list of containers with names that are unique in the pod, or null.</summary>
    private static Gen<string> List(string list, int most) => Gen.Frequency(
        (1, Gen.Const("")),
        (most, ContainerFields.Array[1, most].Select(fields =>
            $"\"{list}\":[{string.Join(',', fields.Select((f, i) => Object($"\"name\":\"{list}{i}\"", f)))}]")));

    private static Gen<string> OneOf(params string[] texts) => Gen.OneOf([.. texts.Select(Gen.Const)]);

    private static string Object(params string[] members) => "{" + Members(members) + "}";

    private static string Members(params string[] members) => string.Join(',', members.Where(m => m.Length > 0));
}
