using StsWebhook.Core.CloudTrail;

namespace StsWebhook.CloudTrail;

/// <summary>Counts calls to the global endpoint by evidence. A call may have more than one kind of evidence.</summary>
internal sealed class EvidenceCounts
{
    /// <summary>The kinds of evidence, each with its name in reports.</summary>
    public static readonly IReadOnlyList<(GlobalEndpointEvidence Evidence, string Name)> Names =
    [
        (GlobalEndpointEvidence.EndpointType, "endpointType"),
        (GlobalEndpointEvidence.GlobalHost, "globalHost"),
        (GlobalEndpointEvidence.LocalHost, "localHost"),
    ];

    private readonly long[] counts = new long[Names.Count];

    /// <summary>The number of calls.</summary>
    public long Calls { get; private set; }

    /// <summary>The kinds of evidence, each with the number of calls that have it.</summary>
    public IEnumerable<(string Name, long Calls)> ByEvidence => Names.Select((kind, index) => (kind.Name, counts[index]));

    /// <summary>Counts a call.</summary>
    /// <param name="evidence">All evidence that the call's event has.</param>
    public void Add(GlobalEndpointEvidence evidence)
    {
        Calls++;
        for (var index = 0; index < counts.Length; index++)
        {
            if (evidence.HasFlag(Names[index].Evidence))
            {
                counts[index]++;
            }
        }
    }
}
