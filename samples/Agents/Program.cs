using System.CommandLine;
using System.Globalization;
using Agents;

var task = new Argument<string>("task") { Description = $"What is learnt: {string.Join(", ", LearningTask.All.Select(item => item.Name))}." };
task.AcceptOnlyFromAmong([.. LearningTask.All.Select(item => item.Name)]);
var seed = new Option<ulong>("--seed") { HelpName = "number", Description = "What all that is random follows from.", DefaultValueFactory = _ => 1UL };
var threads = new Option<int>("--threads") { HelpName = "count", Description = "Threads. The results are the same with any number.", DefaultValueFactory = _ => 1 };
threads.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
        result.AddError("--threads must be at least 1.");
});
var episodes = new Option<int?>("--episodes") { HelpName = "count", Description = "Episodes that the policy is judged by at the end: 100 unless given, and 1,000 of pendulum." };
episodes.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int?>() < 1)
        result.AddError("--episodes must be at least 1.");
});
var replay = new Option<string>("--replay") { HelpName = "file", Description = "Write an episode to this file, to be looked at in a browser.", DefaultValueFactory = _ => "replay.html" };
var curves = new Option<string?>("--curves") { HelpName = "file", Description = "Learn with ten seeds, from --seed on, and draw how their returns grow, as an SVG file. No replay is written." };
var json = new Option<bool>("--json") { Description = "Print the results as JSON, and nothing else." };

var command = new RootCommand("Learns from reward before one's eyes.") { task, seed, threads, episodes, replay, curves, json };
foreach (var file in new Option[] { replay, curves })
    file.Validators.Add(result =>
    {
        // Before anything is learnt, not behind it.
        if (result.Tokens is [{ Value: var path }] && (path.Length == 0 || Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
            result.AddError($"{file.Name}: '{path}' cannot be written; name a file in a folder that is there.");
    });
command.SetAction(options =>
{
    GenNet.Parallelism.Threads = options.GetValue(threads);
    var asJson = options.GetValue(json);
    var view = asJson ? null : new ConsoleView();
    var chosen = LearningTask.All.First(item => item.Name == options.GetValue(task));
    var count = options.GetValue(episodes) ?? chosen.Episodes;
    if (options.GetValue(curves) is { } picture)
    {
        var results = Enumerable.Range(0, 10).Select(i => chosen.Run(options.GetValue(seed) + (ulong)i, count, view: null)).ToArray();
        File.WriteAllText(picture, ReturnCurves.Draw(results, isFile: true) + "\n");
        if (asJson)
            JsonReport.Write(Console.OpenStandardOutput(), results, picture);
        else
            foreach (var run in results)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {run.Seed}: mean return {run.MeanReturn:F1} ({run.Returns.Length} episodes)"));
        return;
    }
    var result = chosen.Run(options.GetValue(seed), count, view);
    HtmlReplay.Write(options.GetValue(replay)!, result);
    if (asJson)
        JsonReport.Write(Console.OpenStandardOutput(), result, options.GetValue(replay)!);
    else
        view!.Finish(result, options.GetValue(replay)!);
});
return command.Parse(args).Invoke();
