using System.Globalization;
using System.Net;
using System.Text;

namespace StsWebhook.Tests.Observability.Picture;

/// <summary>Writes SVG: shapes and texts, with coordinates of one decimal.</summary>
internal sealed class Svg
{
    private readonly StringBuilder text = new();

    public void Rectangle(double x, double y, double width, double height, string fill, double opacity = 1, double radius = 0) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{fill}"{Opacity(opacity)}{(radius > 0 ? $" rx=\"{radius:0.#}\"" : string.Empty)}/>""");

    public void Line(double x1, double y1, double x2, double y2, string stroke) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<path d="M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}" stroke="{stroke}"/>""");

    /// <summary>A line through points.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string stroke) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<path d="M{Join(points)}" fill="none" stroke="{stroke}" stroke-width="1.3"/>""");

    /// <summary>The area between points.</summary>
    public void Area(IEnumerable<(double X, double Y)> points, string fill, double opacity) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<path d="M{Join(points)}Z" fill="{fill}"{Opacity(opacity)}/>""");

    public void Text(double x, double y, string words, string fill, double size = 11, string anchor = "start", bool isBold = false) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<text x="{x:0.#}" y="{y:0.#}" fill="{fill}" font-size="{size:0.#}" text-anchor="{anchor}"{(isBold ? " font-weight=\"600\"" : string.Empty)}>{WebUtility.HtmlEncode(words)}</text>""");

    /// <summary>The whole file.</summary>
    public string File(double width, double height, string title, string background) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.#} {height:0.#}" width="{width:0.#}" height="{height:0.#}" font-family="Helvetica, Arial, sans-serif" role="img">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <rect width="100%" height="100%" fill="{background}"/>
        {text}</svg>

        """);

    private static string Join(IEnumerable<(double X, double Y)> points) =>
        string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}")));

    private static string Opacity(double opacity) =>
        opacity < 1 ? string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.##}\"") : string.Empty;
}
