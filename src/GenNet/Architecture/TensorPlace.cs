using GenNet.Kernels;

namespace GenNet;

/// <summary>Where one tensor lies in a <see cref="ParameterBlock"/>.</summary>
/// <param name="Name">PyTorch's name within the layer.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Offset">Its first float.</param>
/// <param name="Outputs">Rows of a matrix, or elements of a vector.</param>
/// <param name="Inputs">Columns of a matrix in panels; 0 for a vector.</param>
sealed record TensorPlace(string Name, ParameterKind Kind, int Offset, int Outputs, int Inputs = 0)
{
    /// <summary>Height and width of a convolution's kernel; null for others.</summary>
    public (int Height, int Width)? Kernel { get; init; }

    /// <summary>Whether that goes along the steps of a sequence, so that it has one size.</summary>
    public bool IsAlongSteps { get; init; }

    /// <summary>
    /// Positions P of which the columns, or a vector's elements, are made: here they stand position by position, [P][F], in files feature by feature, [F][P], as PyTorch,
    /// whose images are [channels, height, width], has them. 1 where the order is the same.
    /// </summary>
    public int Positions { get; init; } = 1;

    /// <summary>The shape that files give it.</summary>
    public int[] Shape =>
        Inputs == 0 ? [Outputs] :
        Kernel is not var (height, width) ? [Outputs, Inputs] :
        IsAlongSteps ? [Outputs, Inputs / width, width] : [Outputs, Inputs / (height * width), height, width];

    /// <summary>Where a column, or a vector's element, of a file stands here.</summary>
    public int Own(int column)
    {
        var features = (Inputs == 0 ? Outputs : Inputs) / Positions;
        return column % Positions * features + column / Positions;
    }

    public int End => Offset + (Inputs == 0 ? PanelLayout.RowLength(Outputs) : PanelLayout.BiasOffset(Inputs, Outputs));

    /// <summary>Its values in the order of the block: a vector's one after the other, a matrix's panel by panel, input by input, the outputs side by side.</summary>
    public IEnumerable<ValueRun> Runs
    {
        get
        {
            if (Inputs == 0)
                yield return new(Offset, Outputs);
            else
                for (var first = 0; first < Outputs; first += PanelLayout.Width)
                {
                    int width = PanelLayout.PanelWidth(Outputs, first), outputs = Math.Min(width, Outputs - first), start = Offset + first * Inputs;
                    yield return outputs == width ? new(start, width * Inputs) : new(start, outputs, width, Inputs);
                }
        }
    }

    public bool Trained => Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance);
}
