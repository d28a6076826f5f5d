using System.Globalization;

namespace GenNet.Generator.Layers;

/// <summary>A layer as declared. Each kind says here how large it is and what planning must know of it, and in the other part what is written for it.</summary>
/// <param name="Activation">A member of <c>Activation</c>, or the full name of a type of the user's own, as in <c>global::My.Activation</c>.</param>
abstract partial record LayerSpec(string Activation)
{
    /// <summary>What the layer makes of a sample. Unless it says otherwise, it works on each position by itself.</summary>
    public virtual SampleShape OutputFor(SampleShape input) => input with { Features = OutputsFor(input.Features) };

    /// <summary>Outputs of the layer for so many inputs, at each position.</summary>
    protected virtual int OutputsFor(int inputs) => inputs;

    /// <summary>Trained parameters for so many inputs.</summary>
    public virtual long ParametersFor(int inputs) => 0;

    /// <summary>Multiply-adds that one sample takes, or one of its positions.</summary>
    public virtual long MultiplyAddsFor(int inputs) => 0;

    /// <summary>Floats of its trained parameters, padding included.</summary>
    public virtual int TrainedLengthFor(int inputs) => 0;

    /// <summary>Floats of its running statistics, padding included.</summary>
    public virtual int StatisticsLengthFor(int inputs) => 0;

    /// <summary>Partial sums that each z is made of; 0 where that says nothing.</summary>
    public virtual int PartsFor(int inputs) => 0;

    /// <summary>The numbers of the layers whose values it takes, 0 for the inputs, where it has the given number itself.</summary>
    public virtual IReadOnlyList<int> Sources(int number) => [number - 1];

    /// <summary>Which of these its weights multiply.</summary>
    public virtual int WeightedSource => 0;

    /// <summary>Whether it is no layer at all in inference.</summary>
    public virtual bool OnlyTrains => false;

    /// <summary>Whether training needs the whole batch for it, which divides a pass into stages.</summary>
    public virtual bool NormalizesBatch => false;

    /// <summary>Whether the weights of a layer before it should suit its activation, if that has none.</summary>
    public virtual bool IsNormalization => false;

    /// <summary>Whether it may be written as straight-line code, and be trained on one sample.</summary>
    public virtual bool IsProduct => false;

    /// <summary>Whether a batch normalisation behind it becomes part of its weights and biases in inference.</summary>
    public virtual bool TakesNormalization => IsProduct;

    /// <summary>Whether it reads padded rows, to which inputs are copied for it.</summary>
    public virtual bool ReadsPaddedRows => !IsProduct;

    /// <summary>Whether a value that it takes is an index, which is looked at before anything is computed: by the library, of all rows.</summary>
    public virtual bool TakesIndex => false;

    /// <summary>Whether it can be computed while the steps of a sequence come one by one: what it gives for a step follows from that step and from those before.</summary>
    public virtual bool GoesStepByStep => true;

    /// <summary>The same, where no layer takes what it gives.</summary>
    public virtual bool EndsStepByStep => GoesStepByStep;

    /// <summary>Why it cannot.</summary>
    public virtual string WhyNotByStep => NeedsAll;

    /// <summary>Why not, of layers that wait for the last step.</summary>
    protected const string NeedsAll = "needs the whole sequence";

    /// <summary>Floats that it then remembers of a stream, for so many inputs.</summary>
    public virtual int StateLengthFor(int inputs) => 0;

    /// <summary>Whether the library has a method of its own for that: one that remembers, or whose kernel is told how many steps there are.</summary>
    public virtual bool HasStep => false;

    /// <summary>Whether that method takes the stream's memory.</summary>
    public virtual bool StepTakesState => HasStep;

    /// <summary>Whether it then gives nothing of some steps.</summary>
    public virtual bool SkipsSteps => false;

    /// <summary>When it then gives values of a stream whose steps come one by one.</summary>
    /// <param name="sources">When it is given those that it takes, of each of its sources.</param>
    /// <returns>Null where it would have to wait.</returns>
    public virtual Planning.StreamPace? PaceOf(IReadOnlyList<Planning.StreamPace> sources) => sources[0];

    /// <summary>Whether emitted code can then compute it for one stream with its activations on the stack.</summary>
    public virtual bool StepsOnStack => true;

    /// <summary>Whether it then gives of each step what it takes.</summary>
    public virtual bool PassesSteps => false;

    /// <summary>Floats of what its gates get of a step, if it has gates.</summary>
    public virtual int GatesLength => 0;

    /// <summary>What of it may be written as straight-line code.</summary>
    public virtual IReadOnlyList<Planning.ProductPlan> Products(Planning.LayerPlan layer) => IsProduct ? [layer.Product] : [];

    /// <summary>Its tensors, in PyTorch's order and by PyTorch's names.</summary>
    public virtual IEnumerable<TensorSpec> TensorsFor(SampleShape input) => [];

    /// <summary>What it computes, in the words of <see cref="SchemaText"/>, given those that every layer has.</summary>
    /// <param name="text">These.</param>
    /// <param name="input">What the layer takes.</param>
    public virtual string Schema(string text, SampleShape input) => text;

    /// <summary>What it computes of such inputs, in these words.</summary>
    public string SchemaOf(SampleShape input) =>
        Schema(SchemaText.Layer(GetType().Name.Replace("Spec", ""), input.Features, OutputFor(input).Features, Planning.TypeNames.Reflected(Activation)), input);
}

/// <summary>A tensor of a layer's.</summary>
/// <param name="Name">PyTorch's name within the layer.</param>
/// <param name="Rows">Rows of a matrix, or elements of a vector.</param>
/// <param name="Columns">Columns of a matrix, 0 for a vector.</param>
/// <param name="First">Its first float, from the layer's first parameter or statistic.</param>
/// <param name="Length">Floats from there on; of a matrix, with the padding of its panels.</param>
/// <param name="Trained">Whether it is trained, or a statistic that is kept.</param>
readonly record struct TensorSpec(string Name, int Rows, int Columns, int First, int Length, bool Trained = true)
{
    /// <summary>The shape of its columns in files, where it is not one number: <c>3, 5, 5</c>.</summary>
    public string? ColumnShape { get; init; }

    /// <summary>Pixels of which the columns, or a vector's elements, are made, which files have feature by feature; 0 or 1 where the order is the same.</summary>
    public int Pixels { get; init; }

    /// <summary>Its shape in files.</summary>
    public string Shape => string.Format(CultureInfo.InvariantCulture, Columns == 0 ? "[{0}]" : "[{0}, {1}]", Rows, ColumnShape ?? Columns.ToString(CultureInfo.InvariantCulture));
}
