using System.Runtime.InteropServices;

/// <summary>What a peer in C# that runs the ONNX model of a workload is given: its one sample.</summary>
static class ModelInput
{
    /// <summary>The sample of a workload's file. The inputs are those before the targets, the last in the file of one that infers: pixel by pixel or step by step, of a model of images or convolutions channel by channel.</summary>
    /// <param name="file">The workload's file.</param>
    /// <param name="inputShape">The model's input of one sample: [1, features], [1, steps, features], [1, features, steps] or [1, channels, height, width].</param>
    /// <param name="outputs">Outputs of the model.</param>
    public static float[] Read(string file, long[] inputShape, int outputs)
    {
        var bytes = File.ReadAllBytes(file);

        // A classifier's labels are one number a sample, other targets as many as outputs.
        var targets = BitConverter.ToInt32(bytes, 12) != 0 ? 1 : outputs;
        var length = (int)inputShape.Aggregate((a, b) => a * b);
        var row = MemoryMarshal.Cast<byte, float>(bytes.AsSpan()[^(4 * (length + targets))..])[..length];
        var input = row.ToArray();
        var (channels, pixels) = (inputShape[1], length / inputShape[1]);
        if (inputShape.Length == 4 || (inputShape.Length == 3 && BeginsWithConvolution(bytes)))
            for (var pixel = 0; pixel < pixels; pixel++)
                for (var channel = 0; channel < channels; channel++)
                    input[channel * pixels + pixel] = row[(int)(pixel * channels + channel)];
        return input;
    }

    /// <summary>Whether the first layer of the workload's schema, which follows seven integers, goes along steps, whose features are then first.</summary>
    static bool BeginsWithConvolution(byte[] file) => file.AsSpan(28).StartsWith("Conv1D"u8);
}
