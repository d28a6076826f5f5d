namespace GenNet.Kernels;

/// <summary>One step of several samples: where the first sample's values are, and how far from one sample's to the next.</summary>
unsafe struct RecurrentStep
{
    /// <summary>Samples.</summary>
    public int Count;

    /// <summary>Units of the layer.</summary>
    public int Units;

    /// <summary>xW + b of all gates; on the way back, for its gradient.</summary>
    public float* X;

    public nint XStride;

    /// <summary>hU + c of all gates; on the way back, for its gradient.</summary>
    public float* H;

    public nint HStride;

    /// <summary>The state before the step.</summary>
    public float* Before;

    public nint BeforeStride;

    /// <summary>The state behind the step.</summary>
    public float* State;

    public nint StateStride;

    /// <summary>Where the state is wanted a second time, <see cref="BeforeStride"/> apart; null where it is not.</summary>
    public float* Next;

    /// <summary>The cell before the step, if there are cells.</summary>
    public float* Cell;

    public nint CellStride;

    /// <summary>Where the cell behind the step is wanted, which may be <see cref="Cell"/>; null where it is not.</summary>
    public float* NextCell;

    /// <summary>What training keeps, or null.</summary>
    public float* Kept;

    public nint KeptStride;

    /// <summary>Floats from one kept value of a unit to the next.</summary>
    public int ValueStride;

    /// <summary>∂L/∂h behind the step.</summary>
    public float* Delta;

    public nint DeltaStride;

    /// <summary>∂L/∂h before it, to which a part is added; null before the first step.</summary>
    public float* DeltaBefore;

    /// <summary>∂L/∂cell, [samples][<see cref="ValueStride"/>].</summary>
    public float* DeltaOfCell;
}
