namespace GenNet.Kernels;

/// <summary>Where a recurrent layer's parameters lie: those of its inputs as a dense layer's, and behind them those of its state.</summary>
/// <remarks>The generator compiles this file too: it must know the same offsets.</remarks>
static class RecurrentLayout
{
    /// <summary>Where the parameters of the state start, from the layer's first.</summary>
    public static int StateOffset(int inputs, int units, int gates) => PanelLayout.LayerLength(inputs, gates * units);

    /// <summary>Floats that a stream's state has: h, and behind it the cells, if there are any.</summary>
    public static int StateLength(int units, bool hasCell) => PanelLayout.RowStride(units) * (hasCell ? 2 : 1);

    /// <summary>Floats of one step's values of all gates: behind the last gate is room for a whole vector.</summary>
    public static int GatesLength(int units, int gates) => PanelLayout.RowStride(gates * units + PanelLayout.Line);

    /// <summary>Floats of a layer of one direction. One of two has those of the other behind them.</summary>
    public static int LayerLength(int inputs, int units, int gates) => StateOffset(inputs, units, gates) + PanelLayout.LayerLength(units, gates * units);
}
