using System.Collections;
using System.Text.Json.Nodes;
using Cel;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>
/// A CEL expression, with the functions of the Kubernetes libraries that the chart uses
/// (kubernetes.io/docs/reference/using-api/cel). The evaluator is not the one of the API server, and does not measure
/// cost.
/// </summary>
internal sealed class CelExpression
{
    private readonly CelProgramDelegate program;

    public CelExpression(string text)
    {
        var environment = new CelEnvironment(null, null);
        environment.RegisterFunction("lowerAscii", [typeof(string)], v => ((string)v[0]!).ToLowerInvariant());
        environment.RegisterFunction("trim", [typeof(string)], v => ((string)v[0]!).Trim());
        environment.RegisterFunction("sum", [typeof(object[])], v => ((IEnumerable)v[0]!).Cast<object>().Sum(n => Convert.ToInt64(n, null)));
        program = environment.Compile(text);
    }

    /// <summary>Evaluates the expression with the variables of the API server: <c>object</c>, <c>oldObject</c> and <c>request</c>.</summary>
    /// <param name="request">The request of an AdmissionReview.</param>
    /// <param name="variables">The values of <c>variables</c>.</param>
    public object? Evaluate(JsonNode request, IReadOnlyDictionary<string, object?>? variables = null)
    {
        var map = new Map();
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            map[name] = value;
        }

        return program(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["object"] = Value(request["object"]),
            ["oldObject"] = Value(request["oldObject"]),
            ["request"] = Value(request),
            ["variables"] = map,
        });
    }

    private static object? Value(JsonNode? node) => node switch
    {
        JsonObject o => o.Aggregate(new Map(), (map, member) =>
        {
            map[member.Key] = Value(member.Value);
            return map;
        }),
        JsonArray a => a.Select(Value).ToArray(),
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag,
        JsonValue v when v.TryGetValue<long>(out var number) => number,
        JsonValue v => v.GetValue<double>(),
        _ => null,
    };

    /// <summary>A map whose iteration yields its keys, as CEL specifies; the evaluator's <c>map()</c> would iterate pairs.</summary>
    private sealed class Map : Dictionary<string, object?>, IEnumerable
    {
        public Map()
            : base(StringComparer.Ordinal)
        {
        }

        IEnumerator IEnumerable.GetEnumerator() => Keys.GetEnumerator();
    }
}
