using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>Evaluates all rules with their default severities on one text, and returns the names of the violated rules, comma-separated.</summary>
internal static class Evaluated
{
    /// <summary>The rules that a variable violates.</summary>
    public static string Variable(string name, string value, PodRegion region = default)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, region);
        evaluator.Evaluate(new FieldLocation("env", "variable"), name, value);
        return Names(evaluator);
    }

    /// <summary>The rules that the arguments of a container violate.</summary>
    public static string Command(params string[] arguments)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.EvaluateCommand(new FieldLocation("args", "argument"), arguments);
        return Names(evaluator);
    }

    private static string Names(PolicyEvaluator evaluator) => string.Join(',', evaluator.Findings.Select(finding => finding.Rule.Name));
}
