using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Evaluates ONNX's recurrent operators as the standard has them, one step, one sample and one unit at a time.</summary>
static class NaiveRecurrentNodes
{
    /// <summary>What a node gives: all steps (Y) and the last (Y_h); null where it is no recurrent one.</summary>
    /// <exception cref="ArgumentException">The standard does not allow it.</exception>
    public static NDArray[]? Run(NodeProto node, NDArray[] x)
    {
        var gates = node.OpType switch { "GRU" => 3, "LSTM" => 4, "RNN" => 1, _ => 0 };
        if (gates == 0)
            return null;
        long Int(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? 0;
        var isTurned = Int("layout") == 1;
        var units = x[2].Shape[^1];
        Require(x[0].Rank == 3 && x[1].Rank == 3 && x[2].Rank == 3);
        var (steps, samples, inputs) = isTurned ? (x[0].Shape[1], x[0].Shape[0], x[0].Shape[2]) : (x[0].Shape[0], x[0].Shape[1], x[0].Shape[2]);
        var direction = node.Attribute.FirstOrDefault(attribute => attribute.Name == "direction")?.S.ToStringUtf8();
        Require(direction is null or "forward" or "bidirectional");
        var directions = direction == "bidirectional" ? 2 : 1;
        Require(x[1].Shape.SequenceEqual([directions, gates * units, inputs]) && x[2].Shape.SequenceEqual([directions, gates * units, units]));
        var biases = x.Length > 3 && x[3].Values.Length > 0 ? x[3] : new([directions, 2 * gates * units], new double[directions * 2 * gates * units]);
        Require(biases.Shape.SequenceEqual([directions, 2 * gates * units]));
        var activations = node.Attribute.FirstOrDefault(attribute => attribute.Name == "activations")?.Strings.Select(text => text.ToStringUtf8()).ToArray() ?? [];
        Require(activations.Length % directions == 0);
        var isReLU = activations is ["Relu", ..];

        int[] whole = isTurned ? [samples, steps, directions, units] : [steps, directions, samples, units], state = isTurned ? [samples, directions, units] : [directions, samples, units];
        double[] all = new double[steps * directions * samples * units], last = new double[directions * samples * units];
        for (var (d, sample) = (0, 0); d < directions; (d, sample) = sample + 1 < samples ? (d, sample + 1) : (d + 1, 0))
        {
            double[] h = Begin(5), cell = Begin(6);
            for (var count = 0; count < steps; count++)
            {
                var step = d == 1 ? steps - 1 - count : count;
                var at = (isTurned ? sample * steps + step : step * samples + sample) * inputs;
                double Sum(double[] values, int gate, int unit, NDArray weights, int columns, int first, int bias) =>
                    Enumerable.Range(0, columns).Sum(column => values[first + column] * weights.Values[((d * gates + gate) * units + unit) * columns + column]) + biases.Values[((2 * d + bias) * gates + gate) * units + unit];
                double OfInputs(int gate, int unit) => Sum(x[0].Values, gate, unit, x[1], inputs, at, 0);
                double OfState(double[] values, int gate, int unit) => Sum(values, gate, unit, x[2], units, 0, 1);
                double Gate(int gate, int unit) => 1 / (1 + Math.Exp(-OfInputs(gate, unit) - OfState(h, gate, unit)));
                var next = new double[units];
                for (var unit = 0; unit < units; unit++)
                    switch (node.OpType)
                    {
                        case "RNN":
                            var z = OfInputs(0, unit) + OfState(h, 0, unit);
                            next[unit] = isReLU ? Math.Max(0, z) : Math.Tanh(z);
                            break;
                        case "GRU":
                            double[] reset = [.. h.Select((value, k) => Gate(1, k) * value)];
                            var hidden = Math.Tanh(OfInputs(2, unit) + (Int("linear_before_reset") != 0 ? Gate(1, unit) * OfState(h, 2, unit) : OfState(reset, 2, unit)));
                            next[unit] = (1 - Gate(0, unit)) * hidden + Gate(0, unit) * h[unit];
                            break;
                        default:
                            cell[unit] = Gate(2, unit) * cell[unit] + Gate(0, unit) * Math.Tanh(OfInputs(3, unit) + OfState(h, 3, unit));
                            next[unit] = Gate(1, unit) * Math.Tanh(cell[unit]);
                            break;
                    }
                h = next;
                h.CopyTo(all, (isTurned ? (sample * steps + step) * directions + d : (step * directions + d) * samples + sample) * units);
            }
            h.CopyTo(last, (isTurned ? sample * directions + d : d * samples + sample) * units);

            double[] Begin(int input) =>
                x.Length > input && x[input].Values.Length > 0 ? [.. x[input].Values.Skip((isTurned ? sample * directions + d : d * samples + sample) * units).Take(units)] : new double[units];
        }
        return [new(whole, all), new(state, last)];
    }

    static void Require(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The standard does not allow it.");
    }
}
