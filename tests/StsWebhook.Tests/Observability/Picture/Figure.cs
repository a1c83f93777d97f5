using System.Globalization;

namespace StsWebhook.Tests.Observability.Picture;

/// <summary>Figures as Grafana writes them in the units that the dashboard has.</summary>
internal static class Figure
{
    public static string Text(double value, string unit) => !double.IsFinite(value) ? "–" : unit switch
    {
        "s" => Duration(value),
        "bytes" => Scaled(value, 1024, "B", "KiB", "MiB", "GiB"),
        "percentunit" => Number(value * 100) + " %",
        "reqps" => Number(value) + " req/s",
        "cpm" => Number(value) + "/min",
        _ => Scaled(value, 1000, string.Empty, "K", "M", "G"),
    };

    private static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 0.001 => Number(seconds * 1e6) + " µs",
        < 1 => Number(seconds * 1000) + " ms",
        < 120 => Number(seconds) + " s",
        < 7200 => Number(seconds / 60) + " min",
        < 172_800 => Number(seconds / 3600) + " h",
        _ => Number(seconds / 86_400) + " days",
    };

    private static string Scaled(double value, double step, params string[] units)
    {
        var unit = 0;
        while (Math.Abs(value) >= step && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        return units[unit].Length == 0 ? Number(value) : $"{Number(value)} {units[unit]}".TrimEnd();
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 or 0 => "0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);
}
