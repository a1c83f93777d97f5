using Xunit;

namespace StsWebhook.Fuzz.Tests.Support;

/// <summary>Tests that run instrumented code. They run one by one because the coverage is global.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class TracedTests
{
    public const string Name = "traced";
}
