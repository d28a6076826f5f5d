using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>What adding any recurrent layer shares.</summary>
static class RecurrentLayers
{
    public static RecurrentShape Recurrent(this ArchitectureBuilder builder, int units, int gates, bool bidirectional, double recurrentDropout)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        if (recurrentDropout is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(recurrentDropout), recurrentDropout, "A rate of dropout is from 0 to 1.");
        var steps = builder.StepsAtHand;

        // In numbers that cannot overflow, before the layout works it out exactly.
        var directions = bidirectional ? 2 : 1;
        var atMost = directions * (((long)gates * units + PanelLayout.Width) * (builder.Units + (long)units + 2) + 4 * PanelLayout.Line);
        if ((long)gates * directions * units > Array.MaxLength / steps)
            atMost = long.MaxValue / 2;
        var offset = builder.PlaceTrained(atMost > int.MaxValue ? atMost : directions * RecurrentLayout.LayerLength(builder.Units, units, gates));
        return new RecurrentShape(builder.Units, units, gates, steps, Parts: 1, offset, StateParts: 1, offset + RecurrentLayout.StateOffset(builder.Units, units, gates), bidirectional, recurrentDropout);
    }
}
