using Xunit;

namespace StsWebhook.Fuzz.Tests.Support;

/// <summary>Tests that run instrumented code, one by one: what it tells goes to one place.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class TracedTests
{
    public const string Name = "traced";
}
