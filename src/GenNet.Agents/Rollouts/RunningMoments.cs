namespace GenNet.Agents;

/// <summary>
/// Mean and variance of numbers that come in batches (Chan, Golub and LeVeque, <i>Updating formulae and a pairwise algorithm for computing sample variances</i>, 1979), in double precision and in the order of the batches.
/// A batch is gone through twice, in any number of pieces: for its means (<see cref="AddToMeans"/>), then for squares of distances from them (<see cref="AddToSquares"/>).
/// </summary>
/// <param name="size">How many numbers have a mean and a variance of their own.</param>
sealed class RunningMoments(int size)
{
    readonly double[] _means = new double[size], _variances = Ones(size), _ofBatch = new double[size], _squares = new double[size];
    double _count, _rows;

    public ReadOnlySpan<double> Means => _means;

    /// <summary>Variances of the population; 1 before the first batch.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <summary>Begins a batch.</summary>
    public void Begin()
    {
        _rows = 0;
        Array.Clear(_ofBatch);
        Array.Clear(_squares);
    }

    /// <summary>Adds rows of the batch to its means.</summary>
    /// <param name="rows">[rows, size] numbers.</param>
    public void AddToMeans(ReadOnlySpan<float> rows)
    {
        for (var at = 0; at < rows.Length; at += size)
            for (var i = 0; i < size; i++)
                _ofBatch[i] += rows[at + i];
        _rows += rows.Length / size;
    }

    /// <summary>The batch's means are complete.</summary>
    public void EndMeans()
    {
        for (var i = 0; i < size; i++)
            _ofBatch[i] /= _rows;
    }

    /// <summary>Adds rows of the batch to its squares.</summary>
    /// <param name="rows">[rows, size] numbers.</param>
    public void AddToSquares(ReadOnlySpan<float> rows)
    {
        for (var at = 0; at < rows.Length; at += size)
            for (var i = 0; i < size; i++)
            {
                var distance = rows[at + i] - _ofBatch[i];
                _squares[i] += distance * distance;
            }
    }

    /// <summary>A mean and a variance with those of the complete batch.</summary>
    public (double Mean, double Variance) WithBatch(int index)
    {
        var (total, distance) = (_count + _rows, _ofBatch[index] - _means[index]);
        var squares = (_count == 0 ? 0 : _variances[index] * _count) + _squares[index] + distance * distance * _count * _rows / total;
        return (_means[index] + distance * _rows / total, squares / total);
    }

    /// <summary>Takes the complete batch in.</summary>
    public void TakeBatch()
    {
        for (var i = 0; i < size; i++)
            (_means[i], _variances[i]) = WithBatch(i);
        _count += _rows;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_count);
        writer.Write(_rows);
        foreach (var numbers in All)
            foreach (var number in numbers)
                writer.Write(number);
    }

    public void Load(BinaryReader reader)
    {
        (_count, _rows) = (reader.ReadDouble(), reader.ReadDouble());
        foreach (var numbers in All)
            for (var i = 0; i < size; i++)
                numbers[i] = reader.ReadDouble();
    }

    double[][] All => [_means, _variances, _ofBatch, _squares];

    static double[] Ones(int size)
    {
        var ones = new double[size];
        Array.Fill(ones, 1);
        return ones;
    }
}
