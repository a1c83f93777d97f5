using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>
/// An answer, checked like the API server checks it: k8s.io/apiserver, pkg/admission/plugin/webhook/request
/// (VerifyAdmissionResponse), pkg/admission (checkKeyFormat), k8s.io/apimachinery, pkg/util/net (NewWarningHeader).
/// </summary>
internal sealed partial class AdmissionAnswer
{
    /// <summary>The API server truncates warnings beyond this total length.</summary>
    private const int MostWarnings = 4096;

    /// <summary>Limit of one warning (kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers).</summary>
    private const int MostWarning = 256;

    private const int MostAnnotation = 10 * 1024;

    private static readonly string[] Members = ["uid", "allowed", "status", "patch", "patchType", "auditAnnotations", "warnings"];

    private readonly JsonObject response;

    private AdmissionAnswer(JsonObject response) => this.response = response;

    /// <summary>Whether the object is allowed.</summary>
    public bool IsAllowed => (bool)response["allowed"]!;

    /// <summary>The JSON Patch, or null.</summary>
    public byte[]? Patch => response["patch"] is { } patch ? Convert.FromBase64String((string)patch!) : null;

    /// <summary>Reads and checks the answer to the request with this UID.</summary>
    public static AdmissionAnswer Read(ReadOnlySpan<byte> utf8, string uid)
    {
        var review = DeepJson.Parse(utf8)!.AsObject();
        Holds.Same("admission.k8s.io/v1 AdmissionReview", $"{review["apiVersion"]} {review["kind"]}", "an answer is a review of the version that was sent");
        var answer = new AdmissionAnswer(review["response"]!.AsObject());
        answer.Judge(uid);
        return answer;
    }

    private void Judge(string uid)
    {
        Holds.Same(uid, (string)response["uid"]!, "an answer repeats the uid");
        Holds.That(response.All(m => Members.Contains(m.Key, StringComparer.Ordinal) && m.Value is not null), "an answer has known members", response);
        Holds.That(response.ContainsKey("patch") == response.ContainsKey("patchType"), "patch and patchType come together", response);
        Holds.That((string?)response["patchType"] is null or "JSONPatch", "the patch is a JSON Patch", response);
        Holds.That(IsAllowed || Patch is null, "a denial has no patch", response);
        Holds.That(IsAllowed != response.ContainsKey("status"), "a denial has a status, and nothing else has", response);
        JudgeStatus(response["status"]?.AsObject());
        JudgeWarnings([.. response["warnings"]?.AsArray().Select(w => (string)w!) ?? []]);
        foreach (var (key, value) in response["auditAnnotations"]?.AsObject() ?? [])
        {
            Holds.That(AuditKey().IsMatch(key), "the key of an audit annotation is a name of at most 63 characters", () => key);
            Holds.That(Encoding.UTF8.GetByteCount((string)value!) <= MostAnnotation, "an audit annotation has at most 10 KiB", () => key);
        }
    }

    private static void JudgeStatus(JsonObject? status)
    {
        if (status is null)
        {
            return;
        }

        Holds.Same("403 Forbidden", $"{(int)status["code"]!} {(string)status["reason"]!}", "a denial is 403 Forbidden");
        var message = (string)status["message"]!;
        Holds.That(message.Length > 0 && message.Split('\n').All(line => line.Length > 0 && !line.Any(char.IsControl)), "a denial has a reason without empty lines or control characters", () => message);
        foreach (var cause in status["details"]!["causes"]!.AsArray())
        {
            Holds.That(
                cause!.AsObject() is { Count: 3 } c && c.All(m => m.Key is "reason" or "field" or "message" && ((string)m.Value!).Length > 0),
                "a cause has a reason, a field and a message",
                cause);
        }
    }

    private static void JudgeWarnings(string[] warnings)
    {
        Holds.That(Array.TrueForAll(warnings, w => w.Length is > 0 and <= MostWarning), "a warning has at most 256 characters", () => string.Join('\n', warnings));
        Holds.That(Array.TrueForAll(warnings, w => !w.Any(char.IsControl)), "a warning has no control characters", () => string.Join('\n', warnings));
        Holds.That(warnings.Sum(w => w.Length) <= MostWarnings, "warnings have at most 4096 characters", () => $"{warnings.Sum(w => w.Length)}");
    }

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AuditKey();
}
