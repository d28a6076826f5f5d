namespace GenNet.Generator.Specification;

/// <summary>What one output layer predicts.</summary>
/// <param name="Head">The head's name, or nothing.</param>
/// <param name="Value">The output, with those members alone that the head predicts.</param>
/// <param name="Column">The first of its numbers among the network's outputs.</param>
sealed record PredictionSpec(string Head, FeatureSpec Value, int Column)
{
    /// <summary>What its leaves are; they are all the same.</summary>
    public FeatureKind Kind => Value.Leaves.Select(leaf => leaf.Kind).DefaultIfEmpty(FeatureKind.Number).First();

    /// <summary>Outputs of its layer.</summary>
    public int Size => Value.Size;

    /// <summary>Whether it is one bool, of which one number says how probable it is. A struct of one bool that is all of the output counts as several.</summary>
    public bool IsBool => Kind == FeatureKind.Bool && (Head.Length == 0 ? Value.Kind == FeatureKind.Bool : Size == 1);

    /// <summary>Where the outputs of a member begin; null where nothing predicts it.</summary>
    public static int? ColumnOf(FeatureSpec member, IEnumerable<PredictionSpec> predictions)
    {
        foreach (var prediction in predictions)
        {
            var column = prediction.Column;
            foreach (var own in prediction.Value.Members)
            {
                if (own.Name == member.Name)
                    return column;
                column += own.Size;
            }
        }
        return null;
    }
}
