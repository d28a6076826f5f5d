namespace GenNet;

/// <summary>Element types of a safetensors file, named as the format names them.</summary>
public enum SafeTensorType
{
    /// <summary>Single precision.</summary>
    F32,

    /// <summary>Half precision.</summary>
    F16,

    /// <summary>The upper half of single precision.</summary>
    BF16,

    /// <summary>Double precision.</summary>
    F64,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>Signed, 8 bits.</summary>
    I8,

    /// <summary>Unsigned, 64 bits.</summary>
    U64,

    /// <summary>Unsigned, 32 bits.</summary>
    U32,

    /// <summary>Unsigned, 16 bits.</summary>
    U16,

    /// <summary>Unsigned, 8 bits.</summary>
    U8,

    /// <summary>0 or 1, a byte each.</summary>
    BOOL,
}
