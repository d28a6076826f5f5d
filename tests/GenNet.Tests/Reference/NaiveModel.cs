namespace GenNet.Tests.Reference;

/// <summary>A network of any kind of layer in double precision, dropout in inference alone, one loop an index: forward, loss and back-propagation of whole batches.</summary>
sealed class NaiveModel
{
    readonly NetworkArchitecture _architecture;
    readonly ParameterTensor[] _tensors;
    readonly Activation[] _activations;
    readonly Loss[] _losses;

    /// <summary>The numbers of the values that each layer takes, 0 for the inputs.</summary>
    readonly int[][] _sources;

    /// <summary>Up to which share every result is moved: see <see cref="Disturbed"/>.</summary>
    double _rounding;
    RandomStream _random;

    /// <summary>A copy of a network's parameters.</summary>
    public NaiveModel(INetwork network) : this(network.Architecture, network.Parameters) { }

    /// <summary>A copy of the parameters of a network that may only be described, without a loss.</summary>
    public NaiveModel(NetworkArchitecture architecture, ParameterBlock parameters)
    {
        _architecture = architecture;
        _tensors = [.. parameters.Tensors];
        _activations = [.. architecture.Layers.Select(layer => layer.Activation.BuiltIn!.Value)];
        _losses = [.. architecture.Heads.Select(head => head.Loss.Length == 0 ? Loss.Default : Enum.Parse<Loss>(head.Loss))];
        _sources = [.. Enumerable.Range(1, LayerCount).Select(number => architecture.SourcesOf(number).ToArray())];
        Values = Read(parameters);
    }

    /// <summary>The values of each of the <see cref="ParameterBlock.Tensors"/>.</summary>
    public double[][] Values { get; private set; }

    int LayerCount => _activations.Length;

    /// <summary>The values of a block's tensors, row by row.</summary>
    public static double[][] Read(ParameterBlock block) => [.. block.Tensors.Select(Read)];

    static double[] Read(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return [.. values.Select(value => (double)value)];
    }

    /// <summary>
    /// Moves results as rounding does: every trained value, activation and δ by up to a share of itself, every sum by up to a share of what its terms are without their signs.
    /// What cancels in a sum does not cancel in its error, and the error of a mean or a deviation is that of all that it normalises.
    /// </summary>
    public NaiveModel Disturbed(double share, ref RandomStream random)
    {
        var copy = (NaiveModel)MemberwiseClone();
        copy.Values = [.. Values.Select(values => (double[])values.Clone())];
        (copy._rounding, copy._random) = (share, random.Split(random.NextUInt64()));
        for (var t = 0; t < _tensors.Length; t++)
            for (var i = 0; Trained(t) && i < Values[t].Length; i++)
                copy.Values[t][i] *= 1 + share * (2 * random.NextDouble() - 1);
        return copy;
    }

    /// <summary>Inference, or the outputs of a batch in training.</summary>
    public double[][] Outputs(double[][] inputs, bool training = false)
    {
        var pass = Forward(inputs, training);
        return [.. Enumerable.Range(0, inputs.Length).Select(s => _architecture.Heads.SelectMany(head => pass.A[head.LastLayer + 1][s]).ToArray())];
    }

    /// <summary>The loss of a batch, its derivative by every value and by the inputs, and how far the nearest z is from a kink.</summary>
    /// <param name="inputs">One array a sample.</param>
    /// <param name="targets">One array a sample, or a step where each has classes of its own.</param>
    /// <param name="weights">What each of them counts.</param>
    public (double Loss, double[][] Gradients, double[] InputGradients, double KinkDistance) LossAndGradients(double[][] inputs, double[][] targets, double[] weights)
    {
        var pass = Forward(inputs, training: true);
        var rows = targets.Length;
        var loss = 0.0;
        var kink = double.PositiveInfinity;
        var dz = new Dictionary<int, double[][]>();
        foreach (var (head, lossOfHead) in _architecture.Heads.Zip(_losses))
        {
            var last = _architecture.LabelSize > 1 ? head.LastLayer - 1 : head.LastLayer;
            var divisor = NaiveLoss.Divisor(lossOfHead, rows, head.OutputCount / _architecture.LabelSize) / head.Weight;
            dz[last] = new double[rows][];
            for (var s = 0; s < rows; s++)
            {
                var (z, a, y) = (pass.Z[last][s], pass.A[last + 1][s], _architecture.LabelSize > 1 ? targets[s] : targets[s][head.Outputs]);
                var lossOfSample = weights[s] * NaiveLoss.Value(lossOfHead, _activations[last], z, a, y) / divisor;
                loss += lossOfSample + Error(lossOfSample);
                dz[last][s] = [.. NaiveLoss.Gradient(lossOfHead, _activations[last], z, a, y).Select(d => weights[s] * d / divisor)];
                for (var j = 0; j < y.Length; j++)
                    dz[last][s][j] += Error(weights[s] / divisor * (Math.Abs(a[j]) + Math.Abs(y[j])));
                foreach (var (output, target) in a.Zip(y))
                    kink = Math.Min(kink, RandomNetworks.KinkDistance(lossOfHead, output - target));
            }
        }
        var (gradients, inputGradients, kinkOfLayers) = Gradients(pass, dz, training: true);
        return (loss, gradients, inputGradients, Math.Min(kink, kinkOfLayers));
    }

    /// <summary>The derivatives of a loss by every value and by the inputs, from those by the outputs.</summary>
    /// <param name="inputs">One array a sample.</param>
    /// <param name="outputGradients">One array a sample.</param>
    /// <param name="training">Whether batch normalisation takes the batch's statistics.</param>
    public (double[][] Gradients, double[] InputGradients, double KinkDistance) GradientsFrom(double[][] inputs, double[][] outputGradients, bool training)
    {
        var pass = Forward(inputs, training);
        return Gradients(pass, _architecture.Heads.ToDictionary(head => head.LastLayer, head => Through(pass, head.LastLayer, [.. outputGradients.Select(row => row[head.Outputs])])), training);
    }

    /// <summary>∂L/∂z of a layer from ∂L/∂a.</summary>
    double[][] Through(Pass pass, int layer, double[][] da)
    {
        double[][] dz = [.. Enumerable.Range(0, pass.Z[layer].Length).Select(s => NaiveActivation.Backward(_activations[layer], pass.Z[layer][s], pass.A[layer + 1][s], da[s]))];
        if (IsSmooth(_activations[layer]))
            for (var s = 0; s < dz.Length; s++)
                for (var j = 0; j < dz[s].Length; j++)
                    dz[s][j] += Error(Math.Abs(da[s][j]));
        return dz;
    }

    (double[][] Gradients, double[] InputGradients, double KinkDistance) Gradients(Pass pass, Dictionary<int, double[][]> ends, bool training)
    {
        var gradients = Values.Select(values => new double[values.Length]).ToArray();

        // ∂L/∂a of each layer's outputs, which several layers may take; of the inputs too.
        var da = pass.A.Select(rows => rows.Select(row => new double[row.Length]).ToArray()).ToArray();
        var kink = double.PositiveInfinity;
        for (var layer = LayerCount - 1; layer >= 0; layer--)
        {
            var dz = ends.GetValueOrDefault(layer) ?? Through(pass, layer, da[layer + 1]);
            Round(dz);
            kink = Math.Min(kink, pass.Z[layer].SelectMany(row => row).Min(z => RandomNetworks.KinkDistance(_activations[layer], z)));
            if (_architecture.Layers[layer] is MaxPoolLayer pool)
                kink = Math.Min(kink, Leads(pool, pass.A[_sources[layer][0]]).Min());
            if (pass.Recurrent.TryGetValue(layer, out var recurrent))
                kink = Math.Min(kink, recurrent.Min(direction => direction.KinkDistance));
            Backward(layer, pass, dz, da, gradients, training);
        }
        return (gradients, [.. da[0].SelectMany(row => row)], kink);
    }

    /// <summary>How far each window's largest value is from its next.</summary>
    static IEnumerable<double> Leads(PoolLayer pool, double[][] x) =>
        from at in NaiveImage.Outputs(pool.Shape.Window, x.Length)
        from c in Enumerable.Range(0, pool.Outputs)
        select NaiveImage.Lead([.. at.Pixels.Where(pixel => pixel >= 0).Select(pixel => x[at.First + pixel][c])]);

    /// <summary>The running statistics after a batch.</summary>
    public IEnumerable<(int Tensor, double[] Values)> RunningStatistics(double[][] inputs)
    {
        var pass = Forward(inputs, training: true);
        for (var layer = 0; layer < LayerCount; layer++)
        {
            if (_architecture.Layers[layer] is not BatchNormLayer norm)
                continue;
            var first = First(layer);
            double n = pass.A[_sources[layer][0]].Length, m = norm.Momentum;
            double[] means = InFile(pass.Mean[layer], norm.Pixels), variances = InFile(pass.Variance[layer], norm.Pixels);
            yield return (first + 2, [.. Values[first + 2].Select((old, j) => (1 - m) * old + m * means[j])]);
            yield return (first + 3, [.. Values[first + 3].Select((old, j) => (1 - m) * old + m * variances[j] * n / (n - 1))]);
        }
    }

    bool Trained(int tensor) => _tensors[tensor].Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance);

    int First(int layer) => Array.FindIndex(_tensors, tensor => tensor.Layer == layer);

    /// <summary>A[0] are the inputs, A[n] and Z[n − 1] layer n's; X̂, and statistics of each row or column, of normalisations.</summary>
    sealed record Pass(double[][][] A, double[][][] Z, double[][][] Normal, double[][] Mean, double[][] Variance)
    {
        /// <summary>What recurrent layers keep of each step, by their numbers from 0, one for each direction.</summary>
        public Dictionary<int, NaiveRecurrent[]> Recurrent { get; } = [];
    }

    NaiveRecurrent[] Directions(Pass pass, int layer, RecurrentLayer recurrent, int first) => pass.Recurrent[layer] =
        [.. (recurrent.Bidirectional ? new[] { false, true } : [false]).Select((reverse, direction) => new NaiveRecurrent(recurrent, reverse, Values[(first + 4 * direction)..(first + 4 * direction + 4)], Sum, Error))];

    Pass Forward(double[][] inputs, bool training)
    {
        var pass = new Pass(new double[LayerCount + 1][][], new double[LayerCount][][], new double[LayerCount][][], new double[LayerCount][], new double[LayerCount][]);
        pass.A[0] = [.. inputs.SelectMany(row => row.Chunk(_architecture.Layers[0].Inputs))];
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var x = pass.A[_sources[layer][0]];
            var first = First(layer);
            pass.Z[layer] = _architecture.Layers[layer] switch
            {
                Layer product and (DenseLayer or ConvolutionLayer) => Product(x, product, first),
                Conv2DTransposeLayer transposed => Transposed(x, transposed, first),
                PoolLayer pool => [.. NaiveImage.Outputs(pool.Shape.Window, x.Length).Select(at => Enumerable.Range(0, pool.Outputs).Select(c => NaiveImage.Pool(pool, [.. at.Pixels.Where(pixel => pixel >= 0).Select(pixel => x[at.First + pixel][c])])).ToArray())],
                Layer larger and (ZeroPadding2DLayer or UpSampling2DLayer) => [.. NaiveImage.Larger(larger, x.Length).Select(at => Enumerable.Range(0, larger.Outputs).Select(c => Sum(at.Parts.Length, k => x[at.Parts[k].Row][c] * at.Parts[k].Weight)).ToArray())],
                EmbeddingLayer embedding => [.. x.Select(row => (double[])[.. row[..embedding.Feature], .. Values[first].AsSpan((int)row[embedding.Feature] * embedding.Size, embedding.Size), .. row[(embedding.Feature + 1)..]])],
                DropoutLayer when !training => x.Select(row => row.ToArray()).ToArray(),
                RecurrentLayer recurrent => Directions(pass, layer, recurrent, first).Select(direction => direction.Forward(x)).Aggregate((left, right) => [.. left.Zip(right, (a, b) => (double[])[.. a, .. b])]),
                LastStepLayer last => [.. x.Chunk(last.Steps).Select(rows => rows[^1].ToArray())],
                FlattenLayer flatten => [.. x.Chunk(flatten.Positions).Select(rows => rows.SelectMany(row => row).ToArray())],
                ResidualLayer residual => [.. x.Zip(Around(pass.A[_sources[layer][1]], residual, first), (row, skip) => row.Zip(skip, (a, b) => a + b).ToArray())],
                BatchNormLayer norm => Normalize(pass, layer, Statistics(x, norm, first, training), norm.Epsilon, byRow: false),
                LayerNormLayer norm => Normalize(pass, layer, Statistics(x), norm.Epsilon, byRow: true),
                var other => throw new NotSupportedException(other.GetType().Name),
            };
            Round(pass.Z[layer]);
            pass.A[layer + 1] = [.. pass.Z[layer].Select(z => NaiveActivation.Apply(_activations[layer], z))];
            Round(pass.A[layer + 1]);
        }
        return pass;
    }

    /// <summary>What a dense layer or a convolution makes of its inputs.</summary>
    double[][] Product(double[][] x, Layer layer, int first) => layer switch
    {
        DenseLayer dense => [.. x.Select(row => InFile(row, dense.Pixels)).Select(row => Enumerable.Range(0, dense.Outputs).Select(o => Product(row, Values[first], o * dense.Inputs, Values[first + 1][o])).ToArray())],
        ConvolutionLayer convolution => [.. NaiveImage.Outputs(convolution.Shape.Window, x.Length).Select(at => Enumerable.Range(0, convolution.Outputs).Select(o => Convolution(x, convolution, at.First, at.Pixels, o, first)).ToArray())],
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    /// <summary>What a residual connection adds.</summary>
    double[][] Around(double[][] x, ResidualLayer layer, int first)
    {
        if (layer.Projection is not { } projection)
            return x;
        var rows = Product(x, projection, first);
        Round(rows);
        return rows;
    }

    /// <summary>A filter's output: its bias and the products of its weights and the pixels under them.</summary>
    double Convolution(double[][] x, ConvolutionLayer layer, int firstPixel, int[] pixels, int filter, int first) =>
        Sum(pixels.Length * (layer.Inputs / layer.Groups) + 1, k => k == pixels.Length * (layer.Inputs / layer.Groups) ? Values[first + 1][filter]
            : pixels[k / (layer.Inputs / layer.Groups)] < 0 ? 0
            : x[firstPixel + pixels[k / (layer.Inputs / layer.Groups)]][NaiveImage.FirstChannel(layer, filter) + k % (layer.Inputs / layer.Groups)]
                * Values[first][NaiveImage.Weight(layer, filter, k % (layer.Inputs / layer.Groups), k / (layer.Inputs / layer.Groups))]);

    /// <summary>Biases, and what each pixel adds at the places of the kernel.</summary>
    double[][] Transposed(double[][] x, Conv2DTransposeLayer layer, int first)
    {
        var adding = Enumerable.Range(0, x.Length / layer.PositionsChange!.Value.Taken * layer.PositionsChange!.Value.Given).Select(_ => new List<(int Pixel, int Place)>()).ToArray();
        foreach (var (pixel, rows) in NaiveImage.Spread(layer, x.Length))
            for (var place = 0; place < rows.Length; place++)
                if (rows[place] >= 0)
                    adding[rows[place]].Add((pixel, place));
        return [.. adding.Select(places => Enumerable.Range(0, layer.Outputs).Select(o => Sum(places.Count * layer.Inputs + 1, k =>
        {
            if (k == places.Count * layer.Inputs)
                return Values[first + 1][o];
            var ((pixel, place), c) = (places[k / layer.Inputs], k % layer.Inputs);
            return x[pixel][c] * Values[first][NaiveImage.Weight(layer, c, o, place)];
        })).ToArray())];
    }

    /// <summary>A row in the order that files have it in.</summary>
    static double[] InFile(double[] row, int pixels)
    {
        if (pixels == 1)
            return row;
        var result = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
            result[NaiveImage.InFile(i, row.Length, pixels)] = row[i];
        return result;
    }

    /// <summary>Where a file has unit <paramref name="j"/> of a normalisation.</summary>
    static int InFile(NormLayer norm, int j) => NaiveImage.InFile(j, norm.Outputs, norm.Pixels);

    /// <summary>A bias and the products of a row and a unit's weights.</summary>
    double Product(double[] row, double[] weights, int offset, double bias) => Sum(row.Length + 1, i => i == row.Length ? bias : row[i] * weights[offset + i]);

    void Round(double[][] rows)
    {
        foreach (var row in rows)
            for (var j = 0; j < row.Length; j++)
                row[j] += Error(Math.Abs(row[j]));
    }

    /// <summary>The error of a sum whose terms have a size, nothing in the model that is not disturbed.</summary>
    double Error(double size) => _rounding > 0 ? _rounding * size * (2 * _random.NextDouble() - 1) : 0;

    /// <summary>Whether its derivative is computed from numbers of about 1, 1 − a² for example, whose rounding it keeps where it is small itself.</summary>
    static bool IsSmooth(Activation activation) => activation is not (Activation.Identity or Activation.ReLU or Activation.LeakyReLU or Activation.HardSigmoid or Activation.HardTanh);

    (double[] Mean, double[] Variance) Statistics(double[][] x, BatchNormLayer norm, int first, bool training) => training
        ? Statistics([.. Enumerable.Range(0, norm.Outputs).Select(j => x.Select(row => row[j]).ToArray())])
        : ([.. Enumerable.Range(0, norm.Outputs).Select(j => Values[first + 2][InFile(norm, j)])], [.. Enumerable.Range(0, norm.Outputs).Select(j => Values[first + 3][InFile(norm, j)])]);

    /// <summary>Of each group of values.</summary>
    (double[] Mean, double[] Variance) Statistics(double[][] groups)
    {
        double[] means = [.. groups.Select(Mean)];
        return (means, [.. groups.Select((group, g) => Mean([.. group.Select(value => (value - means[g]) * (value - means[g]))]))]);
    }

    double Mean(double[] terms) => Sum(terms.Length, k => terms[k]) / terms.Length;

    double Sum(int count, Func<int, double> term)
    {
        var (sum, size) = (0.0, 0.0);
        for (var k = 0; k < count; k++)
        {
            var value = term(k);
            (sum, size) = (sum + value, size + Math.Abs(value));
        }
        return sum + Error(size);
    }

    double[][] Normalize(Pass pass, int layer, (double[] Mean, double[] Variance) statistics, double epsilon, bool byRow)
    {
        (pass.Mean[layer], pass.Variance[layer]) = statistics;
        pass.Normal[layer] = [.. pass.A[_sources[layer][0]].Select((row, s) => row.Select((x, j) => (x - statistics.Mean[byRow ? s : j]) / Math.Sqrt(statistics.Variance[byRow ? s : j] + epsilon)).ToArray())];
        var (first, norm) = (First(layer), (NormLayer)_architecture.Layers[layer]);
        Round(pass.Normal[layer]);
        return [.. pass.Normal[layer].Select(row => row.Select((x, j) => Product([x], Values[first], InFile(norm, j), Values[first + 1][InFile(norm, j)])).ToArray())];
    }

    void Backward(int layer, Pass pass, double[][] dz, double[][][] da, double[][] gradients, bool training)
    {
        var (below, first, samples) = (_sources[layer][0], First(layer), dz.Length);
        var (x, dx) = (pass.A[below], da[below]);
        if (_architecture.Layers[layer] is ResidualLayer { Projection: { } projection })
        {
            for (var s = 0; s < samples; s++)
                for (var j = 0; j < dz[s].Length; j++)
                    dx[s][j] += dz[s][j];
            BackwardOfProduct(projection, first, dz, pass.A[_sources[layer][1]], da[_sources[layer][1]], gradients);
            return;
        }
        switch (_architecture.Layers[layer])
        {
            case DenseLayer or ConvolutionLayer:
                BackwardOfProduct(_architecture.Layers[layer], first, dz, x, dx, gradients);
                break;
            case Conv2DTransposeLayer transposed:
                var spread = NaiveImage.Spread(transposed, x.Length).ToArray();
                for (var o = 0; o < transposed.Outputs; o++)
                {
                    gradients[first + 1][o] = Sum(samples, s => dz[s][o]);
                    for (var place = 0; place < spread[0].Rows.Length; place++)
                        for (var c = 0; c < transposed.Inputs; c++)
                            gradients[first][NaiveImage.Weight(transposed, c, o, place)] = Sum(spread.Length, k => spread[k].Rows[place] < 0 ? 0 : x[spread[k].Pixel][c] * dz[spread[k].Rows[place]][o]);
                }
                foreach (var (pixel, rows) in spread)
                    for (var c = 0; c < transposed.Inputs; c++)
                        dx[pixel][c] += Sum(rows.Length * transposed.Outputs, k => rows[k / transposed.Outputs] < 0 ? 0
                            : dz[rows[k / transposed.Outputs]][k % transposed.Outputs] * Values[first][NaiveImage.Weight(transposed, c, k % transposed.Outputs, k / transposed.Outputs)]);
                break;
            case PoolLayer pool:
                foreach (var (output, firstPixel, pixels) in NaiveImage.Outputs(pool.Shape.Window, x.Length))
                    for (var c = 0; c < pool.Outputs; c++)
                    {
                        int[] inside = [.. pixels.Where(pixel => pixel >= 0).Select(pixel => firstPixel + pixel)];
                        if (pool is MaxPoolLayer)
                            dx[inside.MaxBy(pixel => x[pixel][c])][c] += dz[output][c];
                        else
                            foreach (var pixel in inside)
                                dx[pixel][c] += dz[output][c] / NaiveImage.Count(pool, inside.Length);
                    }
                break;
            case Layer larger and (ZeroPadding2DLayer or UpSampling2DLayer):
                foreach (var (output, parts) in NaiveImage.Larger(larger, x.Length))
                    foreach (var (row, weight) in parts)
                        for (var c = 0; c < larger.Outputs; c++)
                            dx[row][c] += dz[output][c] * weight;
                break;
            case EmbeddingLayer embedding:
                for (var s = 0; s < samples; s++)
                    for (var j = 0; j < dz[s].Length; j++)
                        if (j < embedding.Feature)
                            dx[s][j] += dz[s][j];
                        else if (j >= embedding.Feature + embedding.Size)
                            dx[s][j - embedding.Size + 1] += dz[s][j];
                for (var i = 0; i < embedding.Count; i++)
                {
                    int[] rows = [.. Enumerable.Range(0, samples).Where(s => (int)x[s][embedding.Feature] == i)];
                    for (var k = 0; k < embedding.Size; k++)
                        gradients[first][i * embedding.Size + k] = Sum(rows.Length, r => dz[rows[r]][embedding.Feature + k]);
                }
                break;
            case DropoutLayer:
                for (var s = 0; s < samples; s++)
                    for (var j = 0; j < dz[s].Length; j++)
                        dx[s][j] += dz[s][j];
                break;
            case RecurrentLayer:
                var directions = pass.Recurrent[layer];
                for (var direction = 0; direction < directions.Length; direction++)
                    directions[direction].Backward(x, [.. dz.Select(row => row.Chunk(row.Length / directions.Length).ElementAt(direction))], dx, gradients[(first + 4 * direction)..(first + 4 * direction + 4)]);
                break;
            case LastStepLayer last:
                for (var s = 0; s < samples; s++)
                    for (var j = 0; j < dz[s].Length; j++)
                        dx[(s + 1) * last.Steps - 1][j] += dz[s][j];
                break;
            case FlattenLayer flatten:
                for (var s = 0; s < x.Length; s++)
                    for (var j = 0; j < x[s].Length; j++)
                        dx[s][j] += dz[s / flatten.Positions][s % flatten.Positions * x[s].Length + j];
                break;
            case ResidualLayer:
                for (var s = 0; s < samples; s++)
                    for (var j = 0; j < dz[s].Length; j++)
                    {
                        dx[s][j] += dz[s][j];
                        da[_sources[layer][1]][s][j] += dz[s][j];
                    }
                break;
            case BatchNormLayer or LayerNormLayer:
                var ofLayer = (NormLayer)_architecture.Layers[layer];
                var (normal, units) = (pass.Normal[layer], dz[0].Length);
                double[] scales = [.. Enumerable.Range(0, units).Select(j => Values[first][InFile(ofLayer, j)])];
                for (var j = 0; j < units; j++)
                {
                    gradients[first][InFile(ofLayer, j)] = Sum(samples, s => dz[s][j] * normal[s][j]);
                    gradients[first + 1][InFile(ofLayer, j)] = Sum(samples, s => dz[s][j]);
                }

                // The means over what was normalised together: the row, or the column.
                var byRow = _architecture.Layers[layer] is LayerNormLayer;
                double epsilon = ofLayer.Epsilon;
                for (var group = 0; group < (byRow ? samples : units); group++)
                {
                    var (count, g) = (byRow ? units : samples, group);
                    (int S, int J) At(int k) => byRow ? (g, k) : (k, g);
                    double Delta(int k) => dz[At(k).S][At(k).J] * scales[At(k).J];
                    double Normal(int k) => normal[At(k).S][At(k).J];

                    // Statistics that are given do not follow from the inputs.
                    var (mean, meanOfNormal) = byRow || training ? (Sum(count, Delta) / count, Sum(count, k => Delta(k) * Normal(k)) / count) : (0, 0);
                    for (var k = 0; k < count; k++)
                    {
                        double[] terms = [Delta(k), -mean, -Normal(k) * meanOfNormal];
                        dx[At(k).S][At(k).J] += Sum(terms.Length, term => terms[term]) / Math.Sqrt(pass.Variance[layer][g] + epsilon);
                    }
                }
                break;
        }
    }

    void BackwardOfProduct(Layer layer, int first, double[][] dz, double[][] x, double[][] dx, double[][] gradients)
    {
        var samples = dz.Length;
        switch (layer)
        {
            case DenseLayer dense:
                for (var o = 0; o < dense.Outputs; o++)
                {
                    gradients[first + 1][o] = Sum(samples, s => dz[s][o]);
                    for (var i = 0; i < dense.Inputs; i++)
                        gradients[first][o * dense.Inputs + NaiveImage.InFile(i, dense.Inputs, dense.Pixels)] = Sum(samples, s => dz[s][o] * x[s][i]);
                }
                for (var s = 0; s < samples; s++)
                    for (var i = 0; i < dense.Inputs; i++)
                        dx[s][i] += Sum(dense.Outputs, o => dz[s][o] * Values[first][o * dense.Inputs + NaiveImage.InFile(i, dense.Inputs, dense.Pixels)]);
                break;
            case ConvolutionLayer convolution:
                var places = NaiveImage.Outputs(convolution.Shape.Window, x.Length).ToArray();
                for (var o = 0; o < convolution.Outputs; o++)
                {
                    gradients[first + 1][o] = Sum(samples, s => dz[s][o]);
                    for (var place = 0; place < places[0].Pixels.Length; place++)
                        for (var c = 0; c < convolution.Inputs / convolution.Groups; c++)
                            gradients[first][NaiveImage.Weight(convolution, o, c, place)] =
                                Sum(samples, s => places[s].Pixels[place] < 0 ? 0 : dz[s][o] * x[places[s].First + places[s].Pixels[place]][NaiveImage.FirstChannel(convolution, o) + c]);
                }
                var readers = Enumerable.Range(0, x.Length).Select(_ => new List<(int Output, int Place)>()).ToArray();
                foreach (var (output, firstPixel, pixels) in places)
                    for (var place = 0; place < pixels.Length; place++)
                        if (pixels[place] >= 0)
                            readers[firstPixel + pixels[place]].Add((output, place));
                for (var pixel = 0; pixel < x.Length; pixel++)
                    for (var c = 0; c < convolution.Inputs; c++)
                        dx[pixel][c] += Sum(readers[pixel].Count * convolution.Outputs, k =>
                        {
                            var ((output, place), o) = (readers[pixel][k / convolution.Outputs], k % convolution.Outputs);
                            var channel = c - NaiveImage.FirstChannel(convolution, o);
                            return channel < 0 || channel >= convolution.Inputs / convolution.Groups ? 0 : dz[output][o] * Values[first][NaiveImage.Weight(convolution, o, channel, place)];
                        });
                break;
        }
    }
}
