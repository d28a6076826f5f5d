using System.CommandLine;
using System.Globalization;
using Fashion;
using GameLoop;

const int FramesPerSecond = 60;

var seconds = new Option<int>("--seconds") { HelpName = "count", Description = "How long the game goes on; closing the window ends it too.", DefaultValueFactory = _ => 10 };
CommandLine.RequirePositive(seconds);
var command = new RootCommand("A game whose cart learns to balance its pole while one looks on: in each of 60 frames a second it acts, and learns for a millisecond.") { seconds };
command.SetAction(options =>
{
    using var window = new Window("A cart that learns between frames");
    Game.Rehearse(window, TimeSpan.FromSeconds(2));
    var game = new Game(window);
    var times = new FrameTimes(options.GetValue(seconds) * FramesPerSecond);
    var clock = new FrameClock(FramesPerSecond);
    clock.Start();

    var allocated = GC.GetAllocatedBytesForCurrentThread();
    do
    {
        times.Add(game.Frame());
        clock.Wait();
    }
    while (!times.IsFull && !window.IsClosed);
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

    var updates = game.Agent.History;
    WriteLine($"learnt: {updates.Count} updates, {game.Agent.Steps:N0} steps; mean return {updates[0].MeanReturn:F0} at first, {updates[^1].MeanReturn:F0} at last");
    WriteLine($"frames: {times.Count} in {clock.Elapsed.TotalSeconds:F1} s");
    WriteLine($"acting and learning: {100 * times.ShareUnder(2):F2} % of the frames under 2 ms, median {times.Median:F2} ms, longest {times.Longest:F2} ms");
    WriteLine($"allocated in frames: {allocated} bytes");
});
return CommandLine.Run(command, args);

static void WriteLine(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
