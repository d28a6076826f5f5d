namespace GenNet;

/// <summary>How a layer's weights start. Biases start at zero.</summary>
public enum Initializer
{
    /// <summary>He (normal) for ReLU, leaky ReLU, ELU, GELU and SiLU, else Glorot (uniform).</summary>
    Default,

    /// <summary>Uniform in ±√(6/(in + out)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Normal with deviation √(2/(in + out)) (Glorot and Bengio 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6/in) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Normal with deviation √(2/in) (He et al. 2015).</summary>
    HeNormal,

    /// <summary>Uniform in ±√(3/in) (LeCun et al. 1998).</summary>
    LeCunUniform,

    /// <summary>Normal with deviation √(1/in) (LeCun et al. 1998).</summary>
    LeCunNormal,

    /// <summary>A random matrix with orthonormal rows or columns, whichever are fewer (Saxe et al. 2014).</summary>
    Orthogonal,

    /// <summary>All zero.</summary>
    Zeros,
}
