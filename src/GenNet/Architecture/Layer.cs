namespace GenNet;

/// <summary>One layer of a network's <see cref="NetworkArchitecture"/>.</summary>
public abstract record Layer
{
    private protected Layer(int inputs, int outputs, LayerActivation activation) => (Inputs, Outputs, Activation) = (inputs, outputs, activation);

    /// <summary>Values that the layer takes a sample, or each of its positions.</summary>
    public int Inputs { get; }

    /// <summary>Values that the layer gives a sample, or each of its positions.</summary>
    public int Outputs { get; }

    /// <summary>The activation applied to what the layer computes.</summary>
    public LayerActivation Activation { get; }

    /// <summary>Trained parameters.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Multiply-adds that one sample, or each of its positions, takes when training; activations are not counted.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>What the layer computes in inference, in words: all that <see cref="NetworkArchitecture.SchemaHash"/> depends on.</summary>
    internal virtual string Schema => SchemaText.Layer(Kind, Inputs, Outputs, Activation.Name);

    /// <summary>What <see cref="Schema"/> does not tell of the layer, because it matters in training alone; null where nobody would miss it.</summary>
    internal virtual string? Untold => null;

    /// <summary>The layer whose parameters it has: itself, or one that is part of it.</summary>
    internal virtual Layer Weighted => this;

    /// <summary>Where the layer's parameters lie in a network's block of them, in the order of PyTorch's <c>state_dict</c>.</summary>
    internal virtual TensorPlace[] Tensors => [];

    /// <summary>The numbers of the layers whose outputs this layer takes, 0 for the network's inputs, where it has the given number itself, from 1.</summary>
    public virtual IEnumerable<int> Sources(int number) => [number - 1];

    /// <summary>The arguments of the attribute that declares such a layer, before its activation and behind it; null where there are none, or only defaults.</summary>
    internal virtual (string? Before, string? Behind) Arguments => (null, null);

    /// <summary>Positions of a sample that the layer takes and gives; null where it works on each by itself, however many there are.</summary>
    internal virtual (int Taken, int Given)? PositionsChange => null;

    /// <summary>The images that the layer takes and gives; null where it does not go from one to another.</summary>
    internal virtual ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => null;

    /// <summary>Rows and columns of the image that the layer takes; null where it needs none.</summary>
    internal virtual (int Height, int Width)? ImageTaken => Images?.Taken;

    /// <summary>Whether it goes along the steps of a sequence, and gives one.</summary>
    internal virtual bool GoesAlongSteps => false;

    /// <summary>Whether files have what it gives step by step, where others that go along the steps have it feature by feature.</summary>
    internal virtual bool GivesStepsFirst => false;

    /// <summary>Whether positions are pixels to it.</summary>
    internal bool TakesImage => ImageTaken is not null;

    /// <summary>Rows that the layer's weights have for each of its units: its gates, or one.</summary>
    internal virtual int RowsOfUnit => 1;

    /// <summary>What messages call the rows and the columns of its weights.</summary>
    internal virtual (string Rows, string Columns) WeightNames => ("outputs", "inputs");

    /// <summary>What to declare for weights of so many rows and columns.</summary>
    internal virtual string SizesFor(int rows, int columns) => $"{rows} units on {columns} inputs";

    /// <summary>Whether weights of the same shapes mean to a layer of another network what they mean to this one.</summary>
    internal virtual bool UsesWeightsAs(Layer other) => true;

    /// <summary>Which of the values that it takes is an index, of how many things, and how many values it gives of one; null where none is.</summary>
    internal virtual (int Feature, int Count, int Size)? Index => null;

    /// <summary>Rows of a position that its weights multiply.</summary>
    internal virtual int RowsOfPosition => 1;

    /// <summary>Floats that the layer remembers of a stream whose steps come one by one.</summary>
    internal virtual int StateLength => 0;

    /// <summary>Whether the first of these is the number of its steps: what it does with the next follows from that.</summary>
    internal virtual bool CountsSteps => false;

    /// <summary>Whether the first of these is a number of steps, from which what it does need not follow.</summary>
    internal virtual bool BeginsWithNumber => CountsSteps;

    /// <summary>Whether what it gives of a step is the same whatever is behind the end of a shorter sequence.</summary>
    internal virtual bool LeavesPaddingOut => PositionsChange is null;

    /// <summary>Whether training can go on from what it remembers of a stream.</summary>
    internal virtual bool TrainsFromState => StateLength == 0;

    /// <summary>Whether it is <c>Bidirectional</c>, so that what it gives of the first step follows from the last.</summary>
    internal virtual bool GoesBackToo => false;

    /// <summary>Whether training draws a mask of each sequence.</summary>
    internal virtual bool DrawsMasks => false;

    /// <summary>Floats that training keeps of a sample beside its activations, in one array.</summary>
    internal virtual long KeptFloats => 0;

    /// <summary>Whether training computes statistics over the samples of a batch, of which there must then be two.</summary>
    internal virtual bool NormalizesBatch => false;

    /// <summary>The layer where its running statistics lie behind <paramref name="trained"/> floats of trained parameters.</summary>
    internal virtual Layer BehindTrained(int trained) => this;

    /// <summary>Scales the incoming weights of every unit whose norm is above the limit down to it.</summary>
    /// <param name="parameters">The network's first parameter.</param>
    /// <param name="limit">The largest norm.</param>
    internal virtual unsafe void LimitWeights(float* parameters, float limit) { }

    /// <summary>What kind of layer it is: <c>Dense</c>, <c>BatchNorm</c> and so on.</summary>
    internal string Kind => GetType().Name[..^nameof(Layer).Length];

    /// <summary>Values that the layer keeps beside its trained parameters: running means and variances.</summary>
    internal int StatisticCount => Tensors.Where(tensor => !tensor.Trained).Sum(tensor => tensor.Outputs);
}
