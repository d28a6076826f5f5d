using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>A declared network: all that the generator reads from the compilation, compared by value.</summary>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="Containers">The types around the class, outermost first.</param>
/// <param name="Name">The class.</param>
/// <param name="HintName">The name of the emitted file, unique in the compilation.</param>
/// <param name="Inputs">Features of a sample.</param>
/// <param name="Layers">The layers in order.</param>
/// <param name="Loss">A member of GenNet.Loss.</param>
sealed record NetworkSpec(
    string? Namespace,
    EquatableArray<ContainerSpec> Containers,
    string Name,
    string HintName,
    int Inputs,
    EquatableArray<LayerSpec> Layers,
    string Loss);

/// <summary>A type that encloses the network's class.</summary>
/// <param name="Declaration">Its partial declaration, such as <c>partial class Outer</c>.</param>
sealed record ContainerSpec(string Declaration);

/// <summary>A dense layer.</summary>
/// <param name="Outputs">Units.</param>
/// <param name="Activation">A member of GenNet.Activation.</param>
/// <param name="Init">A member of GenNet.Initializer.</param>
sealed record LayerSpec(int Outputs, string Activation, string Init);
