namespace StsWebhook.Tests.Observability.Picture;

/// <summary>The place of a panel's contents within the picture.</summary>
internal sealed record Frame(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Frame Inside(double left, double top, double right, double bottom) =>
        new(X + left, Y + top, Width - left - right, Height - top - bottom);
}
