namespace StsWebhook.Core.Tests.Support;

/// <summary>Tests that compare times. They run one by one, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class TimedTests
{
    public const string Name = "timed";
}
