namespace GenNet.Tests.Reference;

/// <summary>A recurrent layer in double precision, or one direction of it, unit by unit: through the steps of each sample and back.</summary>
/// <param name="layer">The layer.</param>
/// <param name="reverse">Whether it goes from the last step to the first.</param>
/// <param name="values">Its tensors: the weights of the inputs and of the state, and the biases of both.</param>
/// <param name="sum">A sum of so many terms, moved as rounding moves it.</param>
/// <param name="error">What rounding makes of a number of such a size.</param>
sealed class NaiveRecurrent(RecurrentLayer layer, bool reverse, double[][] values, Func<int, Func<int, double>, double> sum, Func<double, double> error)
{
    readonly int _units = layer.Units, _inputs = layer.Inputs, _gates = values[2].Length / layer.Units;

    /// <summary>Of each row: both products, gate by gate, the state and the cell before it, and those behind it.</summary>
    readonly List<(double[] X, double[] H, double[] Before, double[] CellBefore, double[] State, double[] Cell)> _rows = [];

    /// <summary>Of each row, in the order in which it goes through them: h behind the step, ∂L/∂h and ∂L/∂cell there, and what of these comes out before the step.</summary>
    public (double[] State, double[] OfState, double[] OfCell, double[] OfStateBefore, double[] OfCellBefore)[] Steps { get; private set; } = [];

    /// <summary>Whether h is reset before its product with the third gate's weights.</summary>
    bool ResetsBefore => layer is GRULayer { ResetAfter: false };

    /// <summary>How far the nearest z is from a kink.</summary>
    public double KinkDistance => layer is SimpleRNNLayer { Nonlinearity: Nonlinearity.ReLU } ? _rows.Min(row => row.X.Zip(row.H, (x, h) => Math.Abs(x + h)).Min()) : double.PositiveInfinity;

    /// <summary>The rows of each sample, in the order in which it goes through them.</summary>
    double[][] InOrder(double[][] rows) => reverse ? [.. rows.Chunk(layer.Steps).SelectMany(sample => sample.Reverse())] : rows;

    /// <summary>h of each row.</summary>
    public double[][] Forward(double[][] x)
    {
        foreach (var sample in InOrder(x).Chunk(layer.Steps))
        {
            var (h, c) = (new double[_units], new double[_units]);
            foreach (var row in sample)
            {
                var (ofX, ofH) = (Product(row, values[0], values[2]), Product(h, values[1], values[3]));
                if (ResetsBefore)
                    Product(Reset(ofX, ofH, h), values[1], values[3]).AsSpan(2 * _units).CopyTo(ofH.AsSpan(2 * _units));
                var (state, cell) = (new double[_units], new double[_units]);
                for (var j = 0; j < _units; j++)
                    (state[j], cell[j]) = Behind(ofX, ofH, j, h[j], c[j]);
                _rows.Add((ofX, ofH, h, c, state, cell));
                (h, c) = (state, cell);
            }
        }
        return InOrder([.. _rows.Select(row => row.State)]);
    }

    double[] Product(double[] row, double[] weights, double[] biases) =>
        [.. biases.Select((bias, o) => sum(row.Length + 1, i => i == row.Length ? bias : row[i] * weights[o * row.Length + i]))];

    /// <summary>r∘h.</summary>
    double[] Reset(double[] x, double[] h, double[] before) => [.. before.Select((value, j) => Rounded(Sigmoid(Z(x, h, 0, j)) * value))];

    double Rounded(double value) => value + error(Math.Abs(value));

    double Sigmoid(double z) => Rounded(1 / (1 + Math.Exp(-z)));

    double Tanh(double z) => Rounded(Math.Tanh(z));

    double Z(double[] x, double[] h, int gate, int j) => Rounded(x[gate * _units + j] + h[gate * _units + j]);

    (double State, double Cell) Behind(double[] x, double[] h, int j, double before, double cell)
    {
        switch (layer)
        {
            case GRULayer { ResetAfter: false }:
                double update = Sigmoid(Z(x, h, 1, j)), candidate = Tanh(Z(x, h, 2, j));
                return (candidate + update * (before - candidate) + error(Math.Abs(candidate) + Math.Abs(before)), 0);
            case GRULayer:
                double r = Sigmoid(Z(x, h, 0, j)), z = Sigmoid(Z(x, h, 1, j)), n = Tanh(x[2 * _units + j] + r * h[2 * _units + j] + error(Math.Abs(r * h[2 * _units + j])));
                return (n + z * (before - n) + error(Math.Abs(n) + Math.Abs(before)), 0);
            case LSTMLayer:
                double i = Sigmoid(Z(x, h, 0, j)), f = Sigmoid(Z(x, h, 1, j)), g = Tanh(Z(x, h, 2, j)), o = Sigmoid(Z(x, h, 3, j));
                var next = f * cell + i * g + error(Math.Abs(f * cell) + Math.Abs(i * g));
                return (Rounded(o * Tanh(next)), next);
            default:
                return (layer is SimpleRNNLayer { Nonlinearity: Nonlinearity.ReLU } ? Math.Max(0, Z(x, h, 0, j)) : Tanh(Z(x, h, 0, j)), 0);
        }
    }

    /// <summary>Adds ∂L/∂x, and writes the gradients of the four tensors.</summary>
    public void Backward(double[][] x, double[][] delta, double[][] dx, double[][] gradients)
    {
        (x, delta, dx) = (InOrder(x), InOrder(delta), InOrder(dx));
        var (ofX, ofH) = (new double[x.Length][], new double[x.Length][]);
        Steps = new (double[], double[], double[], double[], double[])[x.Length];
        for (var first = 0; first < x.Length; first += layer.Steps)
        {
            var (dh, dc) = (new double[_units], new double[_units]);
            for (var row = first + layer.Steps - 1; row >= first; row--)
            {
                (ofX[row], ofH[row]) = (new double[_gates * _units], new double[_gates * _units]);
                double[] d = [.. delta[row].Zip(dh, (own, later) => own + later)];
                var passed = new double[_units];
                double[] ofCell = [.. dc];
                for (var j = 0; j < _units; j++)
                    (passed[j], dc[j]) = Back(row, j, d[j], dc[j], ofX[row], ofH[row]);
                if (ResetsBefore)
                    BackFromReset(row, ofX[row], ofH[row], passed);
                double[] deltas = ResetsBefore ? [.. ofH[row].Take(2 * _units)] : ofH[row];
                dh = [.. passed.Select((rest, j) => rest + sum(deltas.Length, o => deltas[o] * values[1][o * _units + j]))];
                Steps[row] = (_rows[row].State, d, ofCell, dh, [.. dc]);
                for (var i = 0; i < _inputs; i++)
                    dx[row][i] += sum(deltas.Length, o => ofX[row][o] * values[0][o * _inputs + i]);
            }
        }
        for (var o = 0; o < _gates * _units; o++)
        {
            for (var i = 0; i < _inputs; i++)
                gradients[0][o * _inputs + i] = sum(x.Length, row => ofX[row][o] * x[row][i]);
            for (var j = 0; j < _units; j++)
                gradients[1][o * _units + j] = sum(x.Length, row => ofH[row][o] * (ResetsBefore && o >= 2 * _units ? Reset(_rows[row].X, _rows[row].H, _rows[row].Before) : _rows[row].Before)[j]);
            gradients[2][o] = sum(x.Length, row => ofX[row][o]);
            gradients[3][o] = sum(x.Length, row => ofH[row][o]);
        }
    }

    /// <summary>From the gradient of the third gate's product: that of the first gate, and what passes to the state before.</summary>
    void BackFromReset(int row, double[] ofX, double[] ofH, double[] passed)
    {
        var (x, h, before, _, _, _) = _rows[row];
        for (var j = 0; j < _units; j++)
        {
            var (ofReset, r) = (sum(_units, o => ofH[2 * _units + o] * values[1][(2 * _units + o) * _units + j]), Sigmoid(Z(x, h, 0, j)));
            ofX[j] = ofH[j] = ofReset * before[j] * (r * (1 - r) + error(1));
            passed[j] += Rounded(ofReset * r);
        }
    }

    /// <summary>Writes the gradients of both products of a unit; gives what passes to the state and the cell before.</summary>
    (double State, double Cell) Back(int row, int j, double d, double dc, double[] ofX, double[] ofH)
    {
        var (x, h, before, cellBefore, _, cell) = _rows[row];
        double Slope(double value, double of) => of * value + error(Math.Abs(of));
        void Both(int gate, double value) => ofX[gate * _units + j] = ofH[gate * _units + j] = value;
        switch (layer)
        {
            case GRULayer { ResetAfter: false }:
                double update = Sigmoid(Z(x, h, 1, j)), candidate = Tanh(Z(x, h, 2, j));
                Both(1, Slope(update * (1 - update), d * (before[j] - candidate)));
                Both(2, Slope(1 - candidate * candidate, d * (1 - update)));
                return (Rounded(d * update), 0);
            case GRULayer:
                double r = Sigmoid(Z(x, h, 0, j)), z = Sigmoid(Z(x, h, 1, j)), u = h[2 * _units + j], n = Tanh(x[2 * _units + j] + r * u);
                var dn = Slope(1 - n * n, d * (1 - z));
                Both(0, Slope(r * (1 - r), dn * u));
                Both(1, Slope(z * (1 - z), d * (before[j] - n)));
                (ofX[2 * _units + j], ofH[2 * _units + j]) = (dn, Rounded(dn * r));
                return (Rounded(d * z), 0);
            case LSTMLayer:
                double i = Sigmoid(Z(x, h, 0, j)), f = Sigmoid(Z(x, h, 1, j)), g = Tanh(Z(x, h, 2, j)), o = Sigmoid(Z(x, h, 3, j)), t = Tanh(cell[j]);
                var ofCell = dc + Slope(1 - t * t, d * o);
                Both(0, Slope(i * (1 - i), ofCell * g));
                Both(1, Slope(f * (1 - f), ofCell * cellBefore[j]));
                Both(2, Slope(1 - g * g, ofCell * i));
                Both(3, Slope(o * (1 - o), d * t));
                return (0, Rounded(ofCell * f));
            default:
                var value = Z(x, h, 0, j);
                Both(0, layer is SimpleRNNLayer { Nonlinearity: Nonlinearity.ReLU } ? value > 0 ? d : 0 : Slope(1 - Math.Tanh(value) * Math.Tanh(value), d));
                return (0, 0);
        }
    }
}
