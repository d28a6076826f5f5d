namespace GenNet.Tests.Reference;

/// <summary>The first layers of a random network that takes images, or sequences along whose steps layers go, down to the row that the others take.</summary>
/// <param name="Shape">[height, width, channels] of a sample.</param>
/// <param name="Layers">The layers' attributes.</param>
/// <param name="Widths">The channels that each layer takes; −1 where nothing goes around it, and the row's length last.</param>
/// <param name="Normalizes">Whether a layer normalises batches.</param>
/// <param name="IsAlongSteps">Whether the image's only row is the steps of a sequence.</param>
sealed record RandomImage((int Height, int Width, int Channels) Shape, List<string> Layers, List<int> Widths, bool Normalizes, bool IsAlongSteps)
{
    static readonly int[] Channels = [1, 2, 3, 4, 5, 7, 8, 9, 17, 33];
    static readonly Activation[] Activations = [.. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax)];

    /// <summary>The attribute that says what a sample is.</summary>
    public string Attribute => IsAlongSteps ? $"[Sequence({Shape.Width}, {Shape.Channels})]" : $"[Image{Shape}]";

    public static RandomImage Create(ref RandomStream random)
    {
        var along = random.NextInt32(3) == 0;
        // Rows of 16 pixels and more, of one channel or with a kernel of three, are worked on in vectors of them.
        var shape = random.NextInt32(5) == 0
            ? (Height: 1 + random.NextInt32(4), Width: 16 + random.NextInt32(25), Channels: Channels[random.NextInt32(3)])
            : (Height: 1 + random.NextInt32(9), Width: 1 + random.NextInt32(9), Channels: Channels[random.NextInt32(6)]);
        if (along)
            shape.Height = 1;
        var (height, width, channels) = shape;
        var sides = along ? "1D" : "2D";
        var (layers, widths, normalizes) = (new List<string>(), new List<int>(), false);
        var sizes = new List<(int Height, int Width)>();
        for (var left = 1 + random.NextInt32(4); left > 0; left--)
        {
            widths.Add(channels);
            sizes.Add((height, width));
            var activation = $"Activation.{Activations[random.NextInt32(Activations.Length)]}";
            switch (random.NextInt32(13))
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
                    layers.Add($"[{(maximum ? "Max" : "Average")}Pool{sides}({Window(ref random, ref height, ref width, isPool: true, along)}{(!maximum && counts ? ", CountsPadding = true" : "")})]");
                    break;
                case 6 when height * width < 60 && !along:
                    int[] zeros = random.NextInt32(2) == 0 ? [1, 1, 1, 1] : [random.NextInt32(3), random.NextInt32(2), random.NextInt32(3), random.NextInt32(4)];
                    layers.Add($"[ZeroPadding2D({(zeros.Distinct().Count() == 1 && zeros[0] > 0 ? zeros[0] : string.Join(", ", zeros))})]");
                    (height, width) = (height + zeros[0] + zeros[1], width + zeros[2] + zeros[3]);
                    break;
                case 7 when height * width < 30 && !along:
                    var (down, across) = (1 + random.NextInt32(3), 1 + random.NextInt32(4));
                    layers.Add($"[UpSampling2D({(down == across ? $"{down}" : $"{down}, {across}")}{(random.NextInt32(2) == 0 ? ", Interpolation = Interpolation.Bilinear" : "")})]");
                    (height, width) = (height * down, width * across);
                    break;
                case 8 or 9 when height * width < 40 && !along:
                    channels = random.NextInt32(4) == 0 ? channels : Channels[random.NextInt32(Channels.Length)];
                    layers.Add($"[Conv2DTranspose({channels}, {Transposed(ref random, activation, ref height, ref width)})]");
                    break;
                case 5 when layers.Count > 0 && layers[^1].StartsWith($"[Conv{sides}(", StringComparison.Ordinal) && layers[^1].Contains("Padding.Same", StringComparison.Ordinal) && !layers[^1].Contains("Stride", StringComparison.Ordinal) && widths[^2] == channels:
                    layers.Add($"[Residual(1, {activation})]");
                    break;
                case 11 or 12 when Enumerable.Range(1, layers.Count).Where(n => Stride(sizes[^(n + 1)].Height, height) > 0 && Stride(sizes[^(n + 1)].Width, width) > 0).ToArray() is { Length: > 0 } blocks:
                    layers.Add($"[Residual({blocks[random.NextInt32(blocks.Length)]}, {activation}, Projection = true)]");
                    break;
                case 6 or 7 or 8 or 9 when along:
                    channels = Channels[random.NextInt32(Channels.Length)];
                    layers.Add($"[{(random.NextInt32(4) switch { 0 => "GRU", 1 => "LSTM", _ => "SimpleRNN" })}({channels}{(random.NextInt32(3) == 0 ? ", Bidirectional = true" : "")})]");
                    if (layers[^1].StartsWith("[Simple", StringComparison.Ordinal) && random.NextInt32(2) == 0)
                        layers[^1] = $"[SimpleRNN({channels}, Nonlinearity = Nonlinearity.ReLU)]";
                    break;
                case 10 when !along:
                    layers.Add(Convolution("DepthwiseConv2D", "", Window(ref random, ref height, ref width, isPool: false, along), activation, ""));
                    break;
                default:
                    var before = channels;
                    channels = random.NextInt32(4) == 0 ? channels : Channels[random.NextInt32(Channels.Length)];
                    var groups = random.NextInt32(3) == 0 ? 2 + random.NextInt32(3) : 1;
                    if (along && random.NextInt32(4) == 0)
                        (channels, groups) = (before, before);
                    else if (groups > 1 && before % groups == 0)
                        channels = Math.Max(1, channels / groups) * groups;
                    else
                        groups = 1;
                    var (size, of) = (Math.Max(1, random.NextInt32(6)), 1 + random.NextInt32(3));
                    layers.Add(along && random.NextInt32(3) == 0
                        ? $"[Conv1D({channels}, {size}, {activation}, Dilation = {of}, Causal = true{(groups == 1 ? "" : $", Groups = {groups}")})]"
                        : Convolution($"Conv{sides}", $"{channels}, ", Window(ref random, ref height, ref width, isPool: false, along), activation, groups == 1 ? "" : $", Groups = {groups}"));
                    break;
            }
        }
        widths.Add(channels);
        layers.Add((along && !layers.Exists(layer => layer.Contains("1D(", StringComparison.Ordinal)) ? random.NextInt32(3) : random.NextInt32(along ? 5 : 4)) switch { 2 when along => "[LastStep]", 0 => $"[GlobalMaxPool{sides}]", 1 => $"[GlobalAveragePool{sides}]", _ => "[Flatten]" });
        var row = layers[^1] == "[Flatten]" ? height * width * channels : channels;
        return new(shape, layers, [.. widths.Select((width, i) => i == layers.Count ? width : -1).Take(layers.Count), row], normalizes, along);
    }

    /// <summary>The smallest stride that leaves so many pixels of a side; 0 where there is none.</summary>
    static int Stride(int pixels, int left) => Enumerable.Range(1, pixels).FirstOrDefault(stride => (pixels + stride - 1) / stride == left);

    static string Convolution(string kind, string filters, string window, string activation, string settings)
    {
        var end = window.IndexOf(" = ", StringComparison.Ordinal) is var named and >= 0 ? window.LastIndexOf(", ", named, StringComparison.Ordinal) : window.Length;
        return $"[{kind}({filters}{window[..end]}, {activation}{window[end..]}{settings})]";
    }

    /// <summary>The kernel, the activation and the settings of a transposed convolution that leaves something, and the image that it gives.</summary>
    static string Transposed(ref RandomStream random, string activation, ref int height, ref int width)
    {
        int rows = 1 + random.NextInt32(3), columns = random.NextInt32(2) == 0 ? 1 + random.NextInt32(4) : rows;
        var (stride, dilation) = (1 + random.NextInt32(3), random.NextInt32(4) == 0 ? 2 : 1);
        int reachDown = (rows - 1) * dilation + 1, reach = (columns - 1) * dilation + 1, more = random.NextInt32(stride);
        int down = (height - 1) * stride + reachDown + more, across = (width - 1) * stride + reach + more;
        var padding = random.NextInt32(Math.Min(Math.Min(reachDown, reach), (Math.Min(down, across) - 1) / 2 + 1));
        (height, width) = (down - 2 * padding, across - 2 * padding);
        return (rows == columns ? $"{rows}" : $"{rows}, {columns}") + $", {activation}"
            + (stride == 1 ? "" : $", Stride = {stride}") + (dilation == 1 ? "" : $", Dilation = {dilation}") + (padding == 0 ? "" : $", PaddingSize = {padding}") + (more == 0 ? "" : $", OutputPadding = {more}");
    }

    /// <summary>The size and settings of a kernel or a window that fits, and what is left of the image.</summary>
    static string Window(ref RandomStream random, ref int height, ref int width, bool isPool, bool along)
    {
        int rows = 1 + random.NextInt32(Math.Min(4, height)), columns = along || random.NextInt32(2) == 0 ? 1 + random.NextInt32(Math.Min(along ? 7 : 4, width)) : Math.Min(rows, width);
        var usual = isPool ? new Size2D(rows, columns) : 1;
        var stride = isPool && random.NextInt32(2) == 0 ? usual : Pair(ref random, 1, 3, 3);
        var dilation = isPool || random.NextInt32(4) > 0 ? 1 : Pair(ref random, 1, rows > 1 ? Math.Min(3, (height - 1) / (rows - 1)) : 3, columns > 1 ? Math.Min(3, (width - 1) / (columns - 1)) : 3);
        int reachDown = (rows - 1) * dilation.Height + 1, reach = (columns - 1) * dilation.Width + 1;
        var same = random.NextInt32(3) == 0;
        var padding = same || random.NextInt32(2) == 0 ? 0 : Pair(ref random, 0, isPool ? rows / 2 : reachDown - 1, isPool ? columns / 2 : reach - 1);
        (height, width) = same
            ? ((height + stride.Height - 1) / stride.Height, (width + stride.Width - 1) / stride.Width)
            : ((height + 2 * padding.Height - reachDown) / stride.Height + 1, (width + 2 * padding.Width - reach) / stride.Width + 1);
        if (along)
            return $"{columns}" + Setting("Stride", "", stride.Width, usual.Width) + Setting("Dilation", "", dilation.Width, 1) + Setting("Padding", "Size", padding.Width, 0) + (same ? ", Padding = Padding.Same" : "");
        return (rows == columns ? $"{rows}" : $"{rows}, {columns}")
            + Setting("Stride", "", stride, usual) + Setting("Dilation", "", dilation, 1) + Setting("Padding", "Size", padding, 0) + (same ? ", Padding = Padding.Same" : "");
    }

    /// <summary>Two numbers, more often than not the same.</summary>
    static Size2D Pair(ref RandomStream random, int least, int mostDown, int most)
    {
        var both = least + random.NextInt32(Math.Min(mostDown, most) - least + 1);
        return random.NextInt32(3) > 0 ? both : new Size2D(least + random.NextInt32(mostDown - least + 1), least + random.NextInt32(most - least + 1));
    }

    static string Setting(string name, string both, Size2D value, Size2D usual) =>
        value == usual ? "" : value.Height == value.Width ? $", {name}{both} = {value.Height}" : $", {name}Height = {value.Height}, {name}Width = {value.Width}";
}
