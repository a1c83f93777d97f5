using System.CommandLine.Invocation;
using StsWebhook.Commands;

var parsed = Root.Create().Parse(args);
return parsed.Action is ParseErrorAction
    ? UsageError.Report(parsed)
    : await parsed.InvokeAsync(Root.Invocation).ConfigureAwait(false);
