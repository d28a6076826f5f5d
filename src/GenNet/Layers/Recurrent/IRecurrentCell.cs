using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What a recurrent layer makes of a step, unit by unit, when both products are known.</summary>
unsafe interface IRecurrentCell
{
    /// <summary>Values that training keeps of a unit and a step, for the way back.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether a unit has a cell beside its state.</summary>
    static abstract bool HasCell { get; }

    /// <summary>Whether the products' gradients differ, so that each has memory of its own.</summary>
    static abstract bool HasTwoGradients { get; }

    /// <summary>Whether a part of the state passes beside the product.</summary>
    static abstract bool PassesState { get; }

    /// <summary>Whether the first gate resets the state before its product with the third gate's weights, which is then another product than that of the other gates.</summary>
    static abstract bool ResetsBefore { get; }

    /// <summary>The state of a vector of units behind a step.</summary>
    /// <param name="x">xW + b of the units, the gates <paramref name="units"/> floats apart.</param>
    /// <param name="h">hU + c of the same.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="before">The state before.</param>
    /// <param name="cell">The cell, before and behind the step.</param>
    /// <param name="kept">For what is kept, each value <paramref name="stride"/> floats behind the one before; null where nothing is.</param>
    /// <param name="stride">Floats from one to the next.</param>
    static abstract V Step<V>(float* x, float* h, int units, V before, ref V cell, float* kept, int stride) where V : struct, ISimd<V>;

    /// <summary>The way back.</summary>
    /// <param name="delta">∂L/∂h behind the step.</param>
    /// <param name="state">h behind the step.</param>
    /// <param name="before">h before it.</param>
    /// <param name="cell">The cell before the step.</param>
    /// <param name="ofCell">∂L/∂cell behind the step as later steps have it; then that before it.</param>
    /// <param name="kept">What was kept.</param>
    /// <param name="stride">Floats from one such value to the next.</param>
    /// <param name="mask">The vector's units.</param>
    /// <param name="x">For ∂L/∂(xW + b), the gates <paramref name="units"/> floats apart, written in order; where a vector has fewer units, the next gate's are written over.</param>
    /// <param name="h">For ∂L/∂(hU + c), the same, if it is another.</param>
    /// <param name="units">Units of the layer.</param>
    /// <returns>What of ∂L/∂h before the step does not come through the product.</returns>
    static abstract V Back<V>(V delta, V state, V before, V cell, ref V ofCell, float* kept, int stride, V mask, float* x, float* h, int units) where V : struct, ISimd<V>;
}
