namespace StsWebhook.Core.Admission;

/// <summary>A demand on the pod that cannot be met, which denies it whatever the policy says.</summary>
/// <param name="Reason">A word for machines.</param>
/// <param name="Field">The field that makes the demand.</param>
/// <param name="Message">What is wrong, a clause that follows the field.</param>
/// <param name="Remedy">What to do about it, an imperative clause.</param>
public sealed record Rejection(string Reason, string Field, string Message, string Remedy)
{
    /// <summary>The reason for an annotation that names no region.</summary>
    public const string InvalidRegion = "invalid-region";

    /// <summary>The refusal in one line.</summary>
    public override string ToString() => $"{Field} {Message}; {Remedy}";
}
