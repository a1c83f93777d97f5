namespace StsWebhook.Core.Regions;

/// <summary>Availability, local and wavelength zones.</summary>
internal static class Zone
{
    /// <summary>
    /// The region of a zone, by the rule of the AWS cloud provider (cloud-provider-aws, pkg/providers/v1:
    /// <c>^([a-zA-Z]+-)+\d+</c>): words, each with a dash behind it, then the first number.
    /// <c>us-west-2-lax-1a</c> lies in <c>us-west-2</c>. Null where what comes out is no region.
    /// </summary>
    public static string? RegionOf(ReadOnlySpan<char> zone)
    {
        var at = 0;
        while (at < zone.Length && char.IsAsciiLetter(zone[at]))
        {
            while (at < zone.Length && char.IsAsciiLetter(zone[at]))
            {
                at++;
            }

            if (at == zone.Length || zone[at] != '-')
            {
                return null;
            }

            at++;
        }

        while (at < zone.Length && char.IsAsciiDigit(zone[at]))
        {
            at++;
        }

        var region = zone[..at].ToString();
        return Partitions.IsRegion(region) ? region : null;
    }
}
