using StsWebhook.Generators;

const string Usage = "usage: unicode FOLDER OUTPUT | partitions FOLDER OUTPUT-FOLDER";

switch (args)
{
    case ["unicode", var folder, var output]:
        File.WriteAllText(output, CompatibilityTableGenerator.Generate(folder));
        return 0;
    case ["partitions", var botocore, var output]:
        PartitionsUpdater.Update(botocore, output);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
