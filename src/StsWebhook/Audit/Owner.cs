namespace StsWebhook.Audit;

/// <summary>The object that somebody edits to change what it makes; a pod that nobody makes is its own.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct Owner(string Kind, string Name);
