namespace StsWebhook.Fuzz.Engine;

/// <summary>The results of a campaign.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Executions">Number of inputs run.</param>
/// <param name="Edges">Number of edges reached.</param>
/// <param name="Inputs">Number of inputs kept because they reached new code.</param>
/// <param name="Failures">The failures, one for each cause.</param>
internal sealed record CampaignReport(string Target, long Executions, int Edges, int Inputs, IReadOnlyList<Failure> Failures)
{
    /// <summary>Formats the results in one line.</summary>
    public override string ToString() =>
        $"{Target}: {Executions} executions, {Edges} edges, {Inputs} inputs kept, {Failures.Count} failures";
}
