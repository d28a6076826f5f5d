using System.CommandLine;
using System.Globalization;
using Fashion;
using Gestures;

var examples = new Option<int>("--examples") { HelpName = "count", Description = "Drawings to learn from.", DefaultValueFactory = _ => 200 };
var seed = new Option<ulong>("--seed") { HelpName = "number", Description = "Drawings, weights and order follow from it.", DefaultValueFactory = _ => 1 };
var seeds = new Option<int>("--seeds") { HelpName = "count", Description = "Do the same for so many seeds, from --seed on, and give the median of their accuracies. What is shown is of the first.", DefaultValueFactory = _ => 1 };
var show = new Option<int>("--show") { HelpName = "count", Description = $"How many of the {Experiment.TestCount} test drawings to show while they are drawn.", DefaultValueFactory = _ => 4 };
var mouse = new Option<bool>("--mouse") { Description = "Draw yourself, with the mouse, in the terminal." };
var report = new Option<string>("--report") { HelpName = "file", Description = "Write the report to this file.", DefaultValueFactory = _ => "gestures.html" };
var json = new Option<string?>("--json") { HelpName = "file", Description = "Write the results to this file as JSON." };

CommandLine.RequirePositive(examples);
CommandLine.RequirePositive(seeds);
CommandLine.RequireWritable(report);
CommandLine.RequireWritable(json);
show.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > Experiment.TestCount)
        result.AddError($"--show takes 0 to {Experiment.TestCount}.");
});

var command = new RootCommand("Draws gestures, learns to tell them apart, and recognises others step by step while they are drawn.") { examples, seed, seeds, show, mouse, report, json };
command.SetAction(options =>
{
    if (options.GetValue(mouse))
        MouseView.RequireTerminal();

    var experiments = new List<Experiment>();
    for (var i = 0; i < options.GetValue(seeds); i++)
    {
        var next = Experiment.Run(options.GetValue(seed) + (ulong)i, options.GetValue(examples));
        experiments.Add(next);
        WriteLine($"seed {next.Seed}: {next.Examples.Count} drawings learnt in {next.TrainSeconds:F2} s, test accuracy {next.Accuracy:F4}, half drawn {next.AccuracyAt(0.5):F4}, fingerprint {next.Network.Hash():x16}");
    }
    var first = experiments[0];
    if (options.GetValue(mouse))
        MouseView.Run(first.Network);
    else
        Show.Run([.. first.Traces.Take(options.GetValue(show))]);

    HtmlReport.Write(options.GetValue(report)!, experiments);
    if (options.GetValue(json) is { } file)
        JsonReport.Write(file, experiments);
    WriteLine($"report: {options.GetValue(report)}");
    WriteLine($"accuracy by how much is drawn: {string.Join(", ", new[] { 0.25, 0.5, 0.75, 1 }.Select(share => Text($"{100 * share:F0} %: {first.AccuracyAt(share):F4}")))}");
    WriteLine($"test accuracy: {first.Accuracy:F4} ({first.Correct} of {first.Traces.Count})");
    if (experiments.Count > 1)
        WriteLine($"median test accuracy of {experiments.Count} seeds: {Experiment.Median([.. experiments.Select(experiment => experiment.Accuracy)]):F4}");
    WriteLine($"fingerprint: {first.Network.Hash():x16}");
});
return CommandLine.Run(command, args);

static void WriteLine(FormattableString text) => Console.WriteLine(Text(text));

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
