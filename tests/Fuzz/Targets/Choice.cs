namespace StsWebhook.Fuzz.Targets;

/// <summary>A few things to choose one of by its name; an unknown name is the first.</summary>
internal sealed class Choice<T>(params (string Name, T Value)[] options)
{
    /// <summary>The one of a name.</summary>
    public T this[string? name]
    {
        get
        {
            var at = Array.FindIndex(options, option => option.Name == name);
            return options[Math.Max(at, 0)].Value;
        }
    }

    /// <summary>A name.</summary>
    public string Any(Random random) => options[random.Next(options.Length)].Name;
}
