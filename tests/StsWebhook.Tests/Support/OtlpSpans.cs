using System.Globalization;
using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>
/// Reads the spans of an ExportTraceServiceRequest. Numbers of fields are those of opentelemetry-proto, trace/v1,
/// common/v1 and resource/v1.
/// </summary>
internal static class OtlpSpans
{
    public static IEnumerable<Span> Read(ReadOnlyMemory<byte> request) =>
        from resourceSpans in Messages(request, 1)
        let resource = Attributes(Messages(resourceSpans, 1).SelectMany(r => Messages(r, 1)))
        from scope in Messages(resourceSpans, 2)
        from span in Messages(scope, 2)
        select Read(span, resource);

    private static Span Read(ReadOnlyMemory<byte> message, IReadOnlyDictionary<string, string> resource)
    {
        var fields = ProtobufFields.Of(message).ToLookup(field => field.Number);
        return new Span
        {
            TraceId = Convert.ToHexStringLower(fields[1].Single().Bytes.Span),
            SpanId = Convert.ToHexStringLower(fields[2].Single().Bytes.Span),
            ParentId = Convert.ToHexStringLower(fields[4].SingleOrDefault().Bytes.Span),
            Name = Encoding.UTF8.GetString(fields[5].Single().Bytes.Span),
            Kind = (int)fields[6].Single().Value,
            Start = fields[7].Single().Value,
            End = fields[8].Single().Value,
            Attributes = Attributes(fields[9].Select(field => field.Bytes)),
            Status = (int)fields[15].SelectMany(field => ProtobufFields.Of(field.Bytes)).SingleOrDefault(field => field.Number == 3).Value,
            Resource = resource,
        };
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ReadOnlyMemory<byte>> pairs) => pairs.ToDictionary(
        pair => Encoding.UTF8.GetString(Messages(pair, 1).Single().Span),
        pair => Messages(pair, 2).Select(Value).Single(),
        StringComparer.Ordinal);

    private static string Value(ReadOnlyMemory<byte> any)
    {
        var (number, bytes, value) = ProtobufFields.Of(any).Single();
        return number == 1 ? Encoding.UTF8.GetString(bytes.Span) : value.ToString(CultureInfo.InvariantCulture);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int number) =>
        ProtobufFields.Of(message).Where(field => field.Number == number).Select(field => field.Bytes);
}
