namespace GenNet.Agents;

/// <summary>Mean and variance of numbers that come in batches (Chan, Golub and LeVeque, <i>Updating formulae and a pairwise algorithm for computing sample variances</i>, 1979), in double precision and in the order of the batches.</summary>
/// <param name="size">How many numbers have a mean and a variance of their own.</param>
sealed class RunningMoments(int size)
{
    readonly double[] _means = new double[size], _variances = Ones(size);
    double _count;

    public ReadOnlySpan<double> Means => _means;

    /// <summary>Variances of the population; 1 before the first batch.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <summary>Takes a batch in.</summary>
    /// <param name="rows">[rows, size] numbers.</param>
    public void Add(ReadOnlySpan<float> rows)
    {
        var count = rows.Length / size;
        if (count == 0)
            return;
        for (var i = 0; i < size; i++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var at = i; at < rows.Length; at += size)
                sum += rows[at];
            var mean = sum / count;
            for (var at = i; at < rows.Length; at += size)
                squares += (rows[at] - mean) * (rows[at] - mean);
            var (total, distance) = (_count + count, mean - _means[i]);
            _variances[i] = ((_count == 0 ? 0 : _variances[i] * _count) + squares + distance * distance * _count * count / total) / total;
            _means[i] += distance * count / total;
        }
        _count += count;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_count);
        for (var i = 0; i < size; i++)
        {
            writer.Write(_means[i]);
            writer.Write(_variances[i]);
        }
    }

    public void Load(BinaryReader reader)
    {
        _count = reader.ReadDouble();
        for (var i = 0; i < size; i++)
            (_means[i], _variances[i]) = (reader.ReadDouble(), reader.ReadDouble());
    }

    static double[] Ones(int size)
    {
        var ones = new double[size];
        Array.Fill(ones, 1);
        return ones;
    }
}
