namespace GenNet.Onnx;

/// <summary>The two orders of a row that is made of positions: channel by channel, as files have an image's, and position by position.</summary>
static class RowOrder
{
    /// <summary>Rows of a matrix, or a vector, channel by channel, in the other order.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="positions">Positions of which it is made.</param>
    public static float[] ByPosition(float[] values, int length, int positions) => Turned(values, length, length / positions);

    /// <summary>The reverse.</summary>
    /// <inheritdoc cref="ByPosition"/>
    public static float[] ByChannel(float[] values, int length, int positions) => Turned(values, length, positions);

    /// <summary>Each row, a matrix of so many rows itself, transposed.</summary>
    static float[] Turned(float[] values, int length, int rows)
    {
        var (result, columns) = (new float[values.Length], length / rows);
        for (var i = 0; i < values.Length; i++)
        {
            var place = i % length;
            result[i - place + place % columns * rows + place / columns] = values[i];
        }
        return result;
    }
}
