namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The members of an object that is one setting: Kubernetes, ECS and others write a variable as
/// <c>{"name": "AWS_REGION", "value": "us-east-2"}</c>, Hadoop a property as <c>name</c> and <c>value</c> elements.
/// </summary>
internal static class Pair
{
    /// <summary>Whether a member names the setting.</summary>
    public static bool IsName(string member) =>
        member.Equals("name", StringComparison.OrdinalIgnoreCase) || member.Equals("key", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a member holds the value of the setting.</summary>
    public static bool IsValue(string member) =>
        member.Equals("value", StringComparison.OrdinalIgnoreCase) || member.Equals("values", StringComparison.OrdinalIgnoreCase);
}
