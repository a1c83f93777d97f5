namespace StsWebhook.Fuzz.Engine;

/// <summary>What a campaign came to.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Executions">How many inputs ran.</param>
/// <param name="Edges">How many edges of the code they took.</param>
/// <param name="Inputs">How many inputs are kept, since each reached something new.</param>
/// <param name="Failures">The failures, one for each cause.</param>
internal sealed record CampaignReport(string Target, long Executions, int Edges, int Inputs, IReadOnlyList<Failure> Failures)
{
    /// <summary>The report in one line.</summary>
    public override string ToString() =>
        $"{Target}: {Executions} executions, {Edges} edges, {Inputs} inputs kept, {Failures.Count} failures";
}
