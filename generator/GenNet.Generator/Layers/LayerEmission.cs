using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

abstract partial record LayerSpec
{
    /// <summary>What kind of layer it is, in words, with its settings.</summary>
    public abstract string Words { get; }

    /// <summary>Whether an activation follows what it computes.</summary>
    public virtual bool IsActivated => true;

    /// <summary>The equation of z.</summary>
    /// <param name="n">Its number, as a superscript.</param>
    /// <param name="x">What it takes, of each of its sources.</param>
    public abstract string Equation(string n, IReadOnlyList<string> x);

    /// <summary>The same in training.</summary>
    public virtual string TrainedEquation(string n, IReadOnlyList<string> x) => Equation(n, x);

    /// <summary>∂L/∂x.</summary>
    /// <param name="n">Its number, as a superscript.</param>
    public abstract string InputGradientEquation(string n);

    /// <summary>∂L/∂x of its second source, where it has one.</summary>
    /// <param name="n">Its number, as a superscript.</param>
    public virtual string SkipGradientEquation(string n) => "δ" + n;

    /// <summary>The gradients of its parameters.</summary>
    /// <param name="n">Its number, as a superscript.</param>
    /// <param name="x">What it takes.</param>
    public virtual string GradientEquation(string n, string x) => "";

    /// <summary>Whether training does something with its δ, once it is known, before any gradient is computed.</summary>
    public virtual bool PreparesGradients => false;

    /// <summary>What that is.</summary>
    /// <param name="n">Its number, as a superscript.</param>
    public virtual string PreparedGradients(string n) => $"δ{n} with zeros around it, as gradients read it";

    /// <summary>The type and the value of its place among the parameters, where it has any.</summary>
    public virtual (string Type, string Value)? Shape(LayerPlan layer) => null;

    /// <summary>The expression that describes it in the network's architecture.</summary>
    public abstract string Description(LayerPlan layer, string activation);

    /// <summary>The statement that sets its parameters to what they start with.</summary>
    public virtual string Initialization(LayerPlan layer) => "";

    /// <summary>The type that shows its parameters, and these in words.</summary>
    public virtual (string Type, string Words)? Parameters(LayerPlan layer) => null;

    /// <summary>Its gradients in words.</summary>
    public virtual string Gradients(LayerPlan layer) => "";

    /// <summary>The type in the library that infers and, with <c>Training</c> behind its name, trains.</summary>
    public abstract string Library { get; }

    /// <summary>The arguments of inference that stand before the parameters: the place of its own, or its size, and settings.</summary>
    public abstract IEnumerable<string> InferenceArguments(LayerPlan layer);

    /// <summary>Values that it gives of one step, where it ends a network that goes step by step.</summary>
    public virtual int StepOutputs(LayerPlan layer) => layer.Outputs;

    /// <summary>The same where the steps of a sequence come one by one.</summary>
    public virtual IEnumerable<string> StepArguments(LayerPlan layer) => InferenceArguments(layer);

    /// <summary>Whether it writes itself what computes a step of one stream, the activations on the stack: otherwise than of a sample.</summary>
    public virtual bool WritesStep => false;

    /// <summary>Writes it: from h and its number on, its memory.</summary>
    /// <param name="writer">Writes it.</param>
    /// <param name="step">The layer.</param>
    /// <param name="source">The variable of what it takes.</param>
    public virtual void WriteStep(Infrastructure.SourceWriter writer, StepPlan step, string source) { }

    /// <summary>The first arguments of the constructor of its training.</summary>
    public abstract IEnumerable<string> TrainingArguments(LayerPlan layer);
}
