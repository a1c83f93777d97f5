using StsWebhook.Core.CloudTrail;

namespace StsWebhook.CloudTrail;

/// <summary>Counts calls to the global endpoint, and by which signs they show it. A call can have two.</summary>
internal sealed class EvidenceCounts
{
    /// <summary>The signs, each with its name in reports.</summary>
    public static readonly IReadOnlyList<(GlobalEndpointEvidence Sign, string Name)> Names =
    [
        (GlobalEndpointEvidence.EndpointType, "endpointType"),
        (GlobalEndpointEvidence.GlobalHost, "globalHost"),
        (GlobalEndpointEvidence.LocalHost, "localHost"),
    ];

    private readonly long[] counts = new long[Names.Count];

    /// <summary>All calls.</summary>
    public long Calls { get; private set; }

    /// <summary>The signs, and how many calls have each.</summary>
    public IEnumerable<(string Name, long Calls)> BySign => Names.Select((sign, index) => (sign.Name, counts[index]));

    /// <summary>Counts a call.</summary>
    public void Add(GlobalEndpointEvidence signs)
    {
        Calls++;
        for (var index = 0; index < counts.Length; index++)
        {
            if (signs.HasFlag(Names[index].Sign))
            {
                counts[index]++;
            }
        }
    }
}
