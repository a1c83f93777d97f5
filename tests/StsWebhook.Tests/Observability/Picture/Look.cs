using System.Text.Json;

namespace StsWebhook.Tests.Observability.Picture;

/// <summary>Colours, as in Grafana's dark theme.</summary>
internal static class Look
{
    public const string Background = "#111217";
    public const string Card = "#181b1f";
    public const string Grid = "#2c3036";
    public const string Ink = "#d5d7dd";
    public const string Faint = "#8e929b";

    private static readonly string[] Palette =
        ["#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#b877d9", "#37872d", "#8ab8ff", "#fa6400", "#ffa6b0"];

    /// <summary>The colour of the n-th series.</summary>
    public static string Series(int number) => Palette[number % Palette.Length];

    /// <summary>The colour of a value by the panel's thresholds.</summary>
    public static string Threshold(Dashboard.Panel panel, double value) => panel.Json
        .GetProperty("fieldConfig").GetProperty("defaults").GetProperty("thresholds").GetProperty("steps").EnumerateArray()
        .Last(step => step.GetProperty("value").ValueKind == JsonValueKind.Null || value >= step.GetProperty("value").GetDouble())
        .GetProperty("color").GetString() switch
    {
        "green" => "#3f8f3a",
        "orange" => "#d9731a",
        "red" => "#d0344a",
        "blue" => "#2f62b5",
        var other => other == "text" ? Ink : throw new InvalidDataException($"no colour is known for {other}"),
    };
}
