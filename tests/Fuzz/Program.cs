using StsWebhook.Fuzz;

return FuzzCommand.Create().Parse(args).Invoke();
