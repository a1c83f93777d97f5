namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// The values of a container's region variables, with their locations; null for a variable whose value is unknown.
/// </summary>
/// <param name="Region">The variable <c>AWS_REGION</c>.</param>
/// <param name="DefaultRegion">The variable <c>AWS_DEFAULT_REGION</c>.</param>
internal readonly record struct RegionVariables(
    (FieldLocation Location, string Value)? Region, (FieldLocation Location, string Value)? DefaultRegion);
