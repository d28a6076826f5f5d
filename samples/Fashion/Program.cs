using System.CommandLine;
using Fashion;

var data = new Option<string?>("--data") { HelpName = "folder", Description = "Folder with Fashion-MNIST's four IDX files, plain or .gz. Without it the sample draws its own images." };
var classes = new Option<int[]>("--classes")
{
    HelpName = "numbers",
    Description = $"Classes to tell apart, such as 1,3,7: three of them or all ten. {ImageData.ClassList}. Default: all of --data, else the three that are drawn.",
    Arity = ArgumentArity.ExactlyOne,
    CustomParser = result => ParseClasses(result.Tokens[0].Value, result.AddError),
};
var network = new Option<string>("--network") { HelpName = "name", Description = $"{string.Join(" or ", Networks.Names)}: hidden layers of 128 and 64, or of 512 and 256 with dropout, or two convolutions before a layer of 128.", DefaultValueFactory = _ => Networks.Names[0] };
var epochs = new Option<int>("--epochs")
{
    HelpName = "count",
    Description = $"How often to go through the training images. Default: {Networks.DefaultEpochs("")}, of {Networks.Convolutional} {Networks.DefaultEpochs(Networks.Convolutional)}.",
    DefaultValueFactory = result => Networks.DefaultEpochs(result.GetValue(network)!),
};
var batch = new Option<int>("--batch") { HelpName = "count", Description = "Images per training step.", DefaultValueFactory = _ => 128 };
var seed = new Option<ulong>("--seed") { HelpName = "number", Description = "Weights, order and drawings follow from it.", DefaultValueFactory = _ => 1 };
var learningRate = new Option<float>("--learning-rate") { HelpName = "rate", Description = "Adam's learning rate at the start; it falls to zero in a straight line.", DefaultValueFactory = _ => 1e-3f };
var threads = new Option<int>("--threads") { HelpName = "count", Description = "Threads that share each step; the results are the same for any number.", DefaultValueFactory = _ => 1 };
var health = new Option<bool>("--health") { Description = "Measure and show how gradients, weights and activations fare, layer by layer." };
var hash = new Option<bool>("--hash") { Description = "Print the network's fingerprint after each epoch: equal weights have equal fingerprints on every machine." };
var json = new Option<string?>("--json") { HelpName = "file", Description = "Write the results to this file as JSON." };
var image = new Option<int>("--image") { HelpName = "number", Description = $"The test image, from 0, of which the report shows what each layer of {Networks.Convolutional} sees.", DefaultValueFactory = _ => 0 };
var report = new Option<string>("--report") { HelpName = "file", Description = "Write the report to this file.", DefaultValueFactory = _ => "report.html" };

network.Validators.Add(result =>
{
    var name = result.GetValueOrDefault<string>();
    if (!Networks.Names.Contains(name))
        result.AddError($"--network: '{name}' is not one of {string.Join(", ", Networks.Names)}.");
});
CommandLine.RequirePositive(epochs);
CommandLine.RequirePositive(batch);
CommandLine.RequirePositive(threads);
CommandLine.RequireWritable(json);
CommandLine.RequireWritable(report);
learningRate.Validators.Add(result =>
{
    if (result.GetValueOrDefault<float>() is not (> 0 and < float.PositiveInfinity))
        result.AddError("--learning-rate must be a positive number.");
});

var command = new RootCommand("""
    Trains a network to tell clothes apart, and reports how well it does.
    The training time is that of the training steps and of gathering their batches alone; preparing the images, evaluating after each epoch and the display are not counted.
    """)
{
    data, classes, network, epochs, batch, seed, learningRate, threads, health, hash, json, image, report,
};
command.SetAction(options =>
{
    var settings = new Settings(
        options.GetValue(network)!, options.GetValue(epochs), options.GetValue(batch), options.GetValue(seed), options.GetValue(learningRate), options.GetValue(health),
        options.GetValue(image));
    var images = options.GetValue(data) is { } folder
        ? ImageData.Load(folder, options.GetValue(classes)!)
        : ImageData.Draw(settings.Seed, options.GetValue(classes)!);
    if ((uint)settings.Image >= (uint)images.Test.Count)
        throw new UserErrorException($"--image: the test images are those from 0 to {images.Test.Count - 1}, {settings.Image} is none.");
    GenNet.Parallelism.Threads = options.GetValue(threads);
    var run = new TrainingRun(settings, images);
    ConsoleView.Watch(run, options.GetValue(hash));
    HtmlReport.Write(options.GetValue(report)!, run);
    if (options.GetValue(json) is { } file)
        JsonReport.Write(file, run);
    ConsoleView.Summarise(run, options.GetValue(report)!);
});

return CommandLine.Run(command, args);

static int[] ParseClasses(string list, Action<string> addError)
{
    var numbers = new List<int>();
    foreach (var item in list.Split(','))
    {
        if (!int.TryParse(item, out var number) || number is < 0 or > 9 || numbers.Contains(number))
        {
            addError($"--classes: '{list}' is not a list of different numbers from 0 to 9, such as 1,3,7.");
            return [];
        }
        numbers.Add(number);
    }
    return [.. numbers];
}
