using GenNet;

namespace Lessons;

/// <summary>A mistake, what it looks like, and what cures it.</summary>
/// <param name="Name">A word for the command line.</param>
/// <param name="Title">What goes wrong.</param>
/// <param name="Text">Why.</param>
/// <param name="Epochs">How long each attempt is trained.</param>
/// <param name="Draw">So many samples, which follow from a seed.</param>
/// <param name="Mistake">What goes wrong.</param>
/// <param name="Cures">The same with a remedy.</param>
sealed record Lesson(string Name, string Title, string Text, int Epochs, Func<int, ulong, Dataset> Draw, Attempt Mistake, IReadOnlyList<Attempt> Cures)
{
    public static IReadOnlyList<Lesson> All { get; } = [VanishingGradients.Lesson, ExplodingGradients.Lesson, DyingUnits.Lesson, VanishingThroughTime.Lesson];

    /// <summary>Trains the mistake and its cures, in this order.</summary>
    public IReadOnlyList<AttemptResult> Run()
    {
        var (data, test) = (Draw(600, 1), Draw(400, 2));
        return [.. Cures.Prepend(Mistake).Select(attempt => attempt.Run(data, test, Epochs))];
    }
}
