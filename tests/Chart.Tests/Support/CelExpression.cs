using System.Collections;
using System.Text.Json.Nodes;
using Cel;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>
/// An expression as the API server evaluates it, with the functions of Kubernetes's own libraries that ours use
/// (kubernetes.io/docs/reference/using-api/cel). The evaluator is not the API server's; what it costs there is not
/// measured.
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

    /// <summary>Evaluates it on a request: <c>object</c>, <c>oldObject</c> and <c>request</c> are what the API server gives.</summary>
    /// <param name="request">The request of an AdmissionReview.</param>
    /// <param name="variables">What <c>variables</c> holds.</param>
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

    /// <summary>A map that is iterated by its keys, as the language says; the evaluator's <c>map()</c> would take the pairs.</summary>
    private sealed class Map : Dictionary<string, object?>, IEnumerable
    {
        public Map()
            : base(StringComparer.Ordinal)
        {
        }

        IEnumerator IEnumerable.GetEnumerator() => Keys.GetEnumerator();
    }
}
