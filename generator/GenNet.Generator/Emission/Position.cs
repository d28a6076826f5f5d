using System.Globalization;

namespace GenNet.Generator.Emission;

/// <summary>Where a number stands among a network's inputs or outputs, as C# source.</summary>
/// <param name="Offset">Counted from the first number of the value, or within a loop of its first round.</param>
/// <param name="Steps">What loops over arrays add to it, as in <c> + 2 * i</c>.</param>
readonly record struct Position(int Offset, string? Steps = null)
{
    public Position Plus(int numbers) => this with { Offset = Offset + numbers };

    /// <summary>The same within a loop.</summary>
    /// <param name="variable">Counts the elements.</param>
    /// <param name="size">Numbers of an element.</param>
    public Position In(string variable, int size) => this with { Steps = Steps + (size == 1 ? $" + {variable}" : $" + {Text(size)} * {variable}") };

    /// <summary>As in <c>x[2]</c> or <c>x[2..5]</c>, whose end is exclusive as in C#.</summary>
    public string Range(string array, int size) =>
        size == 1 ? $"{array}[{this}]" :
        Steps is null ? $"{array}[{Text(Offset)}..{Text(Offset + size)}]" :
        $"{array}[{this}..]";

    /// <summary>Before something that is added to it.</summary>
    public string Before => Offset == 0 && Steps is null ? "" : $"{this} + ";

    public override string ToString() => Offset == 0 && Steps is not null ? Steps.Substring(3) : Text(Offset) + Steps;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
