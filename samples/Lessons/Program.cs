using System.CommandLine;
using Lessons;

var lesson = new Option<string?>("--lesson") { HelpName = "name", Description = $"Only this one: {string.Join(", ", Lesson.All.Select(item => item.Name))}." };
var report = new Option<string>("--report") { HelpName = "file", Description = "Write the pictures to this file.", DefaultValueFactory = _ => "lessons.html" };
lesson.AcceptOnlyFromAmong([.. Lesson.All.Select(item => item.Name)]);

var command = new RootCommand("Trains networks that go wrong in four usual ways, says what is wrong, and shows what cures it.") { lesson, report };
command.SetAction(options =>
{
    var chosen = options.GetValue(lesson);
    var results = new List<(Lesson Lesson, IReadOnlyList<AttemptResult> Attempts)>();
    foreach (var item in Lesson.All.Where(item => chosen is null || item.Name == chosen))
    {
        results.Add((item, item.Run()));
        ConsoleView.Write(item, results[^1].Attempts);
    }
    HtmlReport.Write(options.GetValue(report)!, results);
    Console.WriteLine($"report: {options.GetValue(report)}");
});
return command.Parse(args).Invoke();
