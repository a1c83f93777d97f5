namespace StsWebhook.Tests.Observability.Picture;

/// <summary>Draws the dashboard as Grafana lays it out, from what its expressions came to.</summary>
internal static class DashboardPicture
{
    private const double Column = 50;
    private const double Row = 27;
    private const double Gap = 6;

    /// <summary>Draws the rows of these titles; all of them where none is named.</summary>
    public static string Draw(Dashboard dashboard, IReadOnlyList<PanelData> data, params string[] rows)
    {
        var svg = new Svg();
        var top = 0.0;
        foreach (var row in Rows(dashboard).Where(row => rows.Length == 0 || rows.Contains(row.Title, StringComparer.Ordinal)))
        {
            svg.Text(10, top + 18, row.Title, Look.Ink, 13, isBold: true);
            var first = row.Panels.Min(panel => panel.Grid.Y);
            foreach (var panel in row.Panels)
            {
                var (x, y, width, height) = panel.Grid;
                Draw(
                    svg,
                    data.Single(d => d.Panel.Json.GetProperty("id").GetInt32() == panel.Json.GetProperty("id").GetInt32()),
                    new Frame((x * Column) + (Gap / 2), top + Row + ((y - first) * Row), (width * Column) - Gap, (height * Row) - Gap));
            }

            top += Row + ((row.Panels.Max(panel => panel.Grid.Y + panel.Grid.Height) - first) * Row);
        }

        return svg.File(24 * Column, top + Gap, "StsWebhook's Grafana dashboard, drawn from two replicas under a mixed load", Look.Background);
    }

    private static IEnumerable<(string Title, Dashboard.Panel[] Panels)> Rows(Dashboard dashboard)
    {
        var rows = dashboard.Panels.Where(panel => panel.Kind == "row").ToArray();
        return rows.Select((row, i) => (row.Title, dashboard.Charts
            .Where(panel => panel.Grid.Y > row.Grid.Y && (i + 1 == rows.Length || panel.Grid.Y < rows[i + 1].Grid.Y)).ToArray()));
    }

    private static void Draw(Svg svg, PanelData data, Frame frame)
    {
        svg.Rectangle(frame.X, frame.Y, frame.Width, frame.Height, Look.Card, radius: 3);
        svg.Text(frame.X + 8, frame.Y + 17, data.Panel.Title, Look.Ink, 12, isBold: data.Panel.Kind != "stat");
        var inner = frame.Inside(8, 26, 8, 6);
        switch (data.Panel.Kind)
        {
            case "stat":
                FigurePanels.Stat(svg, data, frame, inner);
                break;
            case "bargauge":
                FigurePanels.Bars(svg, data, inner);
                break;
            case "table":
                FigurePanels.Table(svg, data, inner);
                break;
            case "heatmap":
                HeatmapPanel.Draw(svg, data, inner);
                break;
            case "timeseries":
                TimePanel.Draw(svg, data, inner);
                break;
            default:
                throw new InvalidDataException($"no way is known to draw a {data.Panel.Kind}");
        }
    }
}
