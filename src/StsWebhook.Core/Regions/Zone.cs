namespace StsWebhook.Core.Regions;

/// <summary>Derives the region from the name of an Availability Zone, Local Zone or Wavelength Zone.</summary>
internal static class Zone
{
    /// <summary>
    /// The region of a zone, by the pattern of the AWS cloud provider (cloud-provider-aws, pkg/providers/v1:
    /// <c>^([a-zA-Z]+-)+\d+</c>): words, each followed by a dash, then the first number. <c>us-west-2-lax-1a</c> is in
    /// <c>us-west-2</c>. Null if the result is not a region of a partition.
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
