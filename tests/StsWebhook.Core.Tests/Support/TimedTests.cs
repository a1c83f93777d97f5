namespace StsWebhook.Core.Tests.Support;

/// <summary>Tests that compare times run one by one, behind all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class TimedTests
{
    public const string Name = "timed";
}
