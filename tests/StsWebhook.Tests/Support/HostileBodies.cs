using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>Reviews that need the most memory for their length, each in a different part of the program.</summary>
internal static class HostileBodies
{
    private const string Global = "sts.amazonaws.com";

    /// <summary>The path and the body.</summary>
    public static (string Path, byte[] Body) Make(int which, int length) => (which % 8) switch
    {
        0 => Pod(length, """ "x":[""", "{}", "],\"spec\":{}"),
        1 => Pod(length, """ "spec":{"containers":[""", "{}", "]}"),
        2 => Pod(length, """ "spec":{"containers":[{"name":"c","args":["sts.amazonaws.com",""", "\"--x\"", "]}]}"),
        3 => Pod(length, """ "spec":{"containers":[{"name":"c","env":[""", """{"name":"A","value":"sts.amazonaws.com"}""", "]}]}"),
        4 => Pod(length, """ "spec":{"hostAliases":[""", """{"hostnames":["sts.amazonaws.com"]}""", "]}"),
        5 => Pod(
            length,
            """ "spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[""",
            """{"matchExpressions":[]}""",
            "]}}}}"),
        6 => ConfigMap(length, $"a {Global} "),
        _ => ConfigMap(length, $"x = {Global}\\n"),
    };

    private static (string, byte[]) Pod(int length, string begin, string item, string end) =>
        ("/mutate", Review(length, "Pod", "pods", "{\"metadata\":{\"name\":\"p\"}," + begin, item, ",", end + "}"));

    private static (string, byte[]) ConfigMap(int length, string item) =>
        ("/validate", Review(length, "ConfigMap", "configmaps", "{\"data\":{\"a\":\"", item, string.Empty, "\"}}"));

    private static byte[] Review(int length, string kind, string resource, string begin, string item, string separator, string end)
    {
        var text = new StringBuilder(length);
        text.Append("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"")
            .Append(kind).Append("\"},\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"").Append(resource)
            .Append("\"},\"operation\":\"CREATE\",\"namespace\":\"n\",\"object\":").Append(begin).Append(item);
        while (text.Length + separator.Length + item.Length + end.Length + 2 <= length)
        {
            text.Append(separator).Append(item);
        }

        return Encoding.ASCII.GetBytes(text.Append(end).Append("}}").ToString());
    }
}
