namespace GenNet;

/// <summary>
/// How images are altered at random while batches are drawn, so that a network sees each of them in many ways: see <see cref="Dataset.Augmented"/>.
/// An image is flipped, then rotated about its middle, then shifted, and then a square is cut out.
/// </summary>
public sealed record Augmentation
{
    readonly int _shift, _cutOut;
    readonly double _rotation;
    readonly float _fill;

    /// <summary>The most pixels by which an image is shifted, up or down and to a side: any number from −<see cref="Shift"/> to <see cref="Shift"/> as likely as another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Shift
    {
        get => _shift;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _shift = value;
        }
    }

    /// <summary>Whether every other image, by chance, has left and right exchanged.</summary>
    public bool FlipHorizontally { get; init; }

    /// <summary>Whether every other image, by chance, stands on its head.</summary>
    public bool FlipVertically { get; init; }

    /// <summary>The most degrees by which an image is rotated, either way; between pixels values are bilinear.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 180.</exception>
    public double Rotation
    {
        get => _rotation;
        init => _rotation = value is >= 0 and <= 180 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Images are rotated by 0 to 180 degrees, either way.");
    }

    /// <summary>The side, in pixels, of a square that is cut out around a pixel of the image (DeVries and Taylor, <i>Improved Regularization of Convolutional Neural Networks with Cutout</i>, 2017); 0 for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int CutOut
    {
        get => _cutOut;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _cutOut = value;
        }
    }

    /// <summary>The value, as features of the dataset have it, of what comes into the image from outside and of what is cut out. A dataset that is standardised afterwards standardises it too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public float Fill
    {
        get => _fill;
        init => _fill = float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "What lies outside of an image has a finite value.");
    }
}
