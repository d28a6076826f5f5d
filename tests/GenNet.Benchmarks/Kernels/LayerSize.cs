using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>A product of a dense layer: rows × inputs → outputs.</summary>
public readonly record struct LayerSize(int Rows, int Inputs, int Outputs)
{
    public double Flops => 2.0 * Rows * Inputs * Outputs;

    public override string ToString() => $"{Rows}×{Inputs}→{Outputs}";
}
