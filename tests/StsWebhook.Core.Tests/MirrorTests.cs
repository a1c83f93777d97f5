using System.Reflection;
using System.Runtime.CompilerServices;
using StsWebhook.Core.Admission;
using StsWebhook.Tests.Support;

namespace StsWebhook.Core.Tests;

/// <summary>The tests of the core mirror its source: <c>Policy/Rule.cs</c> is tested by <c>Policy/RuleTests.cs</c>.</summary>
public sealed class MirrorTests
{
    private const string Source = "src/StsWebhook.Core";
    private const string Tests = "tests/StsWebhook.Core.Tests";

    /// <summary>Source files whose code is tested through another class: the file, and the test file that does it.</summary>
    private static readonly Dictionary<string, string> TestedElsewhere = new(StringComparer.Ordinal)
    {
        ["Admission/AdmissionResponseWriter"] = "Admission/RecordedReviewTests",
        ["Admission/ObjectName"] = "Admission/ReviewerTests",
        ["Admission/ParsedManifest"] = "Admission/ManifestReviewerTests",
        ["Admission/TargetReviewer"] = "Admission/ReviewerTests",
        ["Admission/ReviewField"] = "Admission/ReviewHeaderReaderTests",
        ["Admission/ReviewSummary"] = "Admission/ReviewerTests",
        ["Admission/ReviewTarget"] = "Admission/ReviewerTests",
        ["Admission/UnjudgedReason"] = "Admission/UnjudgedReviewTests",
        ["Admission/UnstructuredObject"] = "Admission/ManifestReviewerTests",
        ["CloudTrail/CalledHost"] = "CloudTrail/CloudTrailEventTests",
        ["CloudTrail/Principal"] = "CloudTrail/CloudTrailEventTests",
        ["Injection/AnnotationPatch"] = "Injection/InjectorTests",
        ["Injection/ContainerInjection"] = "Injection/ContainerInjectorTests",
        ["Injection/ContainerRegion"] = "Injection/ContainerInjectorTests",
        ["Injection/InjectedVariable"] = "Injection/InjectorTests",
        ["Injection/InjectionPlan"] = "Injection/InjectorTests",
        ["Injection/SkipReason"] = "Injection/InjectorTests",
        ["Json/JsonElementExtensions"] = "Json/ShapeTests",
        ["Json/ShapeMismatch"] = "Json/ShapeTests",
        ["Pods/ConfigMapLookup"] = "Pods/ConfigMapDataTests",
        ["Pods/ConfigMapView"] = "Injection/EnvFromRegionVariablesTests",
        ["Pods/ConfigMapSet"] = "Pods/ConfigMapDataTests",
        ["Pods/Container"] = "Pods/PodTests",
        ["Pods/ContainerEnvironment"] = "Policy/EnvironmentPolicyTests",
        ["Pods/EnvFromSource"] = "Injection/EnvFromRegionVariablesTests",
        ["Pods/ProjectKeys"] = "Pods/PodKeyAdviceTests",
        ["Policy/ContainerPolicy"] = "Policy/PodPolicyTests",
        ["Policy/Finding"] = "Policy/PolicyEvaluatorTests",
        ["Policy/PodValueResolver"] = "Policy/VariableExpanderTests",
        ["Policy/PolicySettings"] = "Policy/PolicyEvaluatorTests",
        ["Policy/RawJsonPrefilter"] = "Policy/Rules/RuleSetTests",
        ["Policy/Rule"] = "Policy/Rules/RuleTests",
        ["Policy/Rules/GlobalRegionRule"] = "Policy/PolicyEvaluatorTests",
        ["Policy/Rules/InjectionUndoneRule"] = "Policy/PodPolicyTests",
        ["Policy/Rules/InvalidRegionRule"] = "Admission/ReviewerTests",
        ["Policy/Rules/RemedyContext"] = "Policy/Rules/RemedyTests",
        ["Policy/Rules/TextFilter"] = "Policy/Rules/RuleSetTests",
        ["Policy/Rules/UnjudgedRule"] = "Policy/Rules/RemedyTests",
        ["Policy/Rules/UnreadableRule"] = "Policy/EnvironmentPolicyTests",
        ["Policy/Text/Assignment"] = "Policy/Text/WordEntryReaderTests",
        ["Policy/Text/ConfigEntry"] = "Policy/Rules/GlobalEndpointRuleTests",
        ["Policy/Text/HostReference"] = "Policy/Text/GlobalHostTests",
        ["Policy/Text/KeyDelimiter"] = "Policy/Text/KeyContextTests",
        ["Policy/Text/KeyWords"] = "Policy/Text/KeyClassifierTests",
        ["Policy/Text/NameValueConvention"] = "Policy/Text/JsonEntryReaderTests",
        ["Policy/Text/RegionalHost"] = "Policy/Rules/CrossRegionRuleTests",
        ["Policy/Text/ShellWord"] = "Policy/Text/ShellWordsTests",
        ["Policy/Text/SimpleCommand"] = "Policy/Text/EnvironmentRemovalsTests",
        ["Policy/Text/SpecialScheme"] = "Policy/Text/ClientUrlTests",
        ["Policy/Text/TextEntryReader"] = "Policy/Text/TextFormatTests",
        ["Policy/Text/UrlBlanks"] = "Policy/Text/SplitUrlTests",
        ["Regions/NodeSelectorTerm"] = "Regions/SchedulingConstraintsTests",
        ["Regions/Partition"] = "Regions/PartitionsTests",
        ["Regions/PodRegion"] = "Regions/RegionResolverTests",
    };

    /// <summary>Every type with behaviour has a test file of its name, or is in <see cref="TestedElsewhere"/>, but not both.</summary>
    [Fact]
    public void Source_TypesWithBehaviour_HaveATestFile()
    {
        var untested = typeof(Reviewer).Assembly.GetTypes()
            .Where(type => !type.IsNested && !IsGenerated(type) && HasBehaviour(type))
            .Select(FileOf)
            .Distinct(StringComparer.Ordinal)
            .Where(file => !File.Exists(Repository.PathOf($"{Tests}/{file}Tests.cs")))
            .ToArray();

        var missing = untested.Except(TestedElsewhere.Keys, StringComparer.Ordinal).Select(file => $"no test file: {file}");
        var surplus = TestedElsewhere.Keys.Except(untested, StringComparer.Ordinal).Select(file => $"has a test file or no behaviour, remove it from the list: {file}");
        Assert.True(!missing.Concat(surplus).Any(), string.Join('\n', missing.Concat(surplus)));
    }

    [Fact]
    public void TestedElsewhere_EachTestFile_Exists() =>
        Assert.All(TestedElsewhere.Values, file => Assert.True(File.Exists(Repository.PathOf($"{Tests}/{file}.cs")), file));

    /// <summary>The path of a type's source file, relative to the core and without its extension.</summary>
    private static string FileOf(Type type)
    {
        var folder = type.Namespace!["StsWebhook.Core".Length..].TrimStart('.').Replace('.', '/');
        var name = type.Name.Split('`')[0];
        if (File.Exists(Repository.PathOf($"{Source}/{folder}/{name}.cs")))
        {
            return $"{folder}/{name}";
        }

        // A static class of extensions may be in the file of the type that it extends.
        var file = Directory.EnumerateFiles(Repository.PathOf($"{Source}/{folder}"), "*.cs")
            .Single(file => File.ReadAllText(file).Contains($"static class {name}\n", StringComparison.Ordinal));
        return $"{folder}/{Path.GetFileNameWithoutExtension(file)}";
    }

    /// <summary>Whether a type has methods or properties with code that a person wrote; constructors do not count.</summary>
    private static bool HasBehaviour(Type type)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return !type.IsEnum && (Array.Exists(type.GetMethods(Own), method => !method.IsAbstract && !IsGenerated(method))
            || Array.Exists(type.GetNestedTypes(Own), nested => !IsGenerated(nested) && HasBehaviour(nested)));
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name.Contains('<', StringComparison.Ordinal);
}
