namespace GenNet;

/// <summary>Tensors of a block and what they can be copied from.</summary>
/// <typeparam name="TSource">A tensor of the source.</typeparam>
sealed class Matching<TSource> where TSource : class
{
    /// <param name="block">The block.</param>
    /// <param name="sources">What there is to copy from.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="shapeOf">Its shape.</param>
    /// <param name="names">The name of what a tensor is copied from, or null for none; its own where it is left out.</param>
    /// <param name="isKnown">Whether a source's name is of something that no network has a tensor for.</param>
    /// <param name="meansAs">Whether values mean to a tensor's layer what they mean in the source; they do where nobody knows.</param>
    public Matching(
        ParameterBlock block, IEnumerable<TSource> sources, Func<TSource, string> nameOf, Func<TSource, IReadOnlyList<int>> shapeOf, Func<string, string?>? names, Func<string, bool>? isKnown = null,
        Func<ParameterTensor, TSource, bool>? meansAs = null)
    {
        var byName = sources.ToDictionary(nameOf);
        HashSet<string> used = [];
        List<string> missing = [];
        List<ShapeMismatch> mismatched = [];
        List<string> otherwise = [];
        foreach (var target in block.Tensors)
        {
            var name = names is null ? target.Name : names(target.Name);
            if (name is null || !byName.TryGetValue(name, out var source))
            {
                missing.Add(target.Name);
                continue;
            }
            used.Add(name);
            if (!shapeOf(source).SequenceEqual(target.Shape))
                mismatched.Add(new(target.Name, target.Shape, shapeOf(source)));
            else if (meansAs?.Invoke(target, source) == false)
                otherwise.Add(target.Name);
            else
                Pairs.Add((target, source));
        }
        var unexpected = byName.Keys.Where(name => !used.Contains(name) && isKnown?.Invoke(name) != true);
        Report = new([.. Pairs.Select(pair => pair.Target.Name)], missing, mismatched, otherwise, [.. unexpected]);
    }

    /// <summary>What can be copied.</summary>
    public List<(ParameterTensor Target, TSource Source)> Pairs { get; } = [];

    /// <summary>The same in words, and what is left out.</summary>
    public CopyReport Report { get; }
}
