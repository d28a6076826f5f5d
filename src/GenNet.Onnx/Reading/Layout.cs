namespace GenNet.Onnx.Reading;

/// <summary>Which axis of a value of four holds the features: the second, as ONNX's images have them, or the last. Nodes tell, and values of which one is computed from the other share what they tell.</summary>
sealed class Layout
{
    Layout? _same;
    bool? _isLast;

    /// <summary>One that is known.</summary>
    public static Layout Of(bool isLast) => new() { _isLast = isLast };

    /// <summary>Whether it is the last; null where nothing tells.</summary>
    public bool? IsLast => Root._isLast;

    Layout Root
    {
        get
        {
            var root = this;
            while (root._same is { } next)
                root = next;
            if (root != this)
                _same = root;
            return root;
        }
    }

    /// <summary>Says which it is; false where that contradicts what is known.</summary>
    public bool TrySet(bool isLast) => (Root._isLast ??= isLast) == isLast;

    /// <summary>Says that it is that of another value; false where that contradicts what is known.</summary>
    public bool TryJoin(Layout other)
    {
        var (root, others) = (Root, other.Root);
        if (root == others)
            return true;
        if (others._isLast is { } known && !root.TrySet(known))
            return false;
        others._same = root;
        return true;
    }
}
