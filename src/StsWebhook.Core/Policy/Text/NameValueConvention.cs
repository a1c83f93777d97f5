using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The members of an object that is a single entry: Kubernetes, ECS and others write a variable as
/// <c>{"name": "AWS_REGION", "value": "us-east-2"}</c>, Hadoop a property as <c>name</c> and <c>value</c> elements,
/// Terraform the condition of a trust policy as <c>variable</c> and <c>values</c>, CloudFormation a parameter as
/// <c>ParameterKey</c> and <c>ParameterValue</c>.
/// </summary>
internal static class NameValueConvention
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "name", "key", "variable", "setting", "option", "option_name", "ParameterKey");

    private static readonly FrozenSet<string> Values = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "value", "values", "default", "string", "ParameterValue");

    /// <summary>Whether a member contains the name of the entry.</summary>
    public static bool IsName(string member) => Names.Contains(member);

    /// <summary>Whether a member contains the value of the entry.</summary>
    public static bool IsValue(string member) => Values.Contains(member);
}
