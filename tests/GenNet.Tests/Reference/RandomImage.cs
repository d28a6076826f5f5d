namespace GenNet.Tests.Reference;

/// <summary>The first layers of a random network that takes images, down to the row that the others take.</summary>
/// <param name="Shape">[height, width, channels] of a sample.</param>
/// <param name="Layers">The layers' attributes.</param>
/// <param name="Widths">The channels that each layer takes; −1 where nothing goes around it, and the row's length last.</param>
/// <param name="Normalizes">Whether a layer normalises batches.</param>
sealed record RandomImage((int Height, int Width, int Channels) Shape, List<string> Layers, List<int> Widths, bool Normalizes)
{
    static readonly int[] Channels = [1, 2, 3, 4, 5, 7, 8, 9, 17, 33];
    static readonly Activation[] Activations = [.. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax)];

    public static RandomImage Create(ref RandomStream random)
    {
        var shape = (Height: 1 + random.NextInt32(9), Width: 1 + random.NextInt32(9), Channels: Channels[random.NextInt32(6)]);
        var (height, width, channels) = shape;
        var (layers, widths, normalizes) = (new List<string>(), new List<int>(), false);
        for (var left = 1 + random.NextInt32(4); left > 0; left--)
        {
            widths.Add(channels);
            var activation = $"Activation.{Activations[random.NextInt32(Activations.Length)]}";
            switch (random.NextInt32(10))
            {
                case 0:
                    (layers, normalizes) = ([.. layers, $"[BatchNorm({activation})]"], true);
                    break;
                case 1 when channels > 1:
                    layers.Add($"[LayerNorm({activation})]");
                    break;
                case 2:
                    channels = Channels[random.NextInt32(Channels.Length)];
                    layers.Add($"[Dense({channels}, {activation})]");
                    break;
                case 3 or 4:
                    var (maximum, counts) = (random.NextInt32(2) == 0, random.NextInt32(2) == 0);
                    layers.Add($"[{(maximum ? "Max" : "Average")}Pool2D({Window(ref random, ref height, ref width, isPool: true)}{(!maximum && counts ? ", CountsPadding = true" : "")})]");
                    break;
                case 5 when layers.Count > 0 && layers[^1].StartsWith("[Conv2D", StringComparison.Ordinal) && layers[^1].Contains("Padding.Same", StringComparison.Ordinal) && !layers[^1].Contains("Stride", StringComparison.Ordinal) && widths[^2] == channels:
                    layers.Add($"[Residual(1, {activation})]");
                    break;
                default:
                    channels = random.NextInt32(4) == 0 ? channels : Channels[random.NextInt32(Channels.Length)];
                    var window = Window(ref random, ref height, ref width, isPool: false);
                    var end = window.IndexOf(" = ", StringComparison.Ordinal) is var named and >= 0 ? window.LastIndexOf(", ", named, StringComparison.Ordinal) : window.Length;
                    layers.Add($"[Conv2D({channels}, {window[..end]}, {activation}{window[end..]})]");
                    break;
            }
        }
        widths.Add(channels);
        layers.Add(random.NextInt32(4) switch { 0 => "[GlobalMaxPool2D]", 1 => "[GlobalAveragePool2D]", _ => "[Flatten]" });
        var row = layers[^1] == "[Flatten]" ? height * width * channels : channels;
        return new(shape, layers, [.. widths.Select((width, i) => i == layers.Count ? width : -1).Take(layers.Count), row], normalizes);
    }

    /// <summary>The size and settings of a kernel or a window that fits, and what is left of the image.</summary>
    static string Window(ref RandomStream random, ref int height, ref int width, bool isPool)
    {
        int rows = 1 + random.NextInt32(Math.Min(4, height)), columns = random.NextInt32(2) == 0 ? 1 + random.NextInt32(Math.Min(4, width)) : Math.Min(rows, width);
        var stride = isPool && random.NextInt32(2) == 0 ? rows : 1 + random.NextInt32(3);
        var dilation = !isPool && random.NextInt32(4) == 0 && 2 * (rows - 1) < height && 2 * (columns - 1) < width ? 2 : 1;
        int reachDown = (rows - 1) * dilation + 1, reach = (columns - 1) * dilation + 1;
        var most = isPool ? Math.Min(rows, columns) / 2 : Math.Min(reachDown, reach) - 1;
        var padding = random.NextInt32(3) switch { 0 => -1, 1 => random.NextInt32(most + 1), _ => 0 };
        (height, width) = padding < 0
            ? ((height + stride - 1) / stride, (width + stride - 1) / stride)
            : ((height + 2 * padding - reachDown) / stride + 1, (width + 2 * padding - reach) / stride + 1);
        return (rows == columns ? $"{rows}" : $"{rows}, {columns}")
            + (stride == (isPool ? rows : 1) ? "" : $", Stride = {stride}") + (dilation == 1 ? "" : $", Dilation = {dilation}")
            + (padding < 0 ? ", Padding = Padding.Same" : padding == 0 ? "" : $", PaddingSize = {padding}");
    }
}
