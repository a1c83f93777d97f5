namespace StsWebhook.Fuzz.Targets;

/// <summary>A set of values that are selected by name; an unknown name selects the first.</summary>
internal sealed class Choice<T>(params (string Name, T Value)[] options)
{
    /// <summary>Returns the value with this name.</summary>
    public T this[string? name]
    {
        get
        {
            var at = Array.FindIndex(options, option => option.Name == name);
            return options[Math.Max(at, 0)].Value;
        }
    }

    /// <summary>Picks a name.</summary>
    public string Any(Random random) => options[random.Next(options.Length)].Name;
}
