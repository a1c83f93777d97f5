namespace StsWebhook.Core.Admission;

/// <summary>
/// Why a review could not be judged, and what its author or an operator can do. Becomes a finding of the rule <c>unjudged</c>.
/// </summary>
/// <param name="Problem">The problem, as a clause whose subject is the object. It contains no semicolon.</param>
/// <param name="Remedy">The next step, as an imperative clause.</param>
public sealed record UnjudgedReason(string Problem, string Remedy)
{
    /// <summary>The object is not what the Kubernetes API defines, or its JSON is broken.</summary>
    /// <param name="error">The error of <see cref="Reviewer.TryParse"/>.</param>
    public static UnjudgedReason Unreadable(string error) =>
        new($"cannot be read ({error})", "send an object that the Kubernetes API accepts");
}
