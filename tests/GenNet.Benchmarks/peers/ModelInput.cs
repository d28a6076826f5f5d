using System.Runtime.InteropServices;

/// <summary>What a peer in C# that runs the ONNX model of a workload is given: its one sample.</summary>
static class ModelInput
{
    /// <summary>The sample of a workload's file. The inputs are those before the targets, the last in the file of one that infers: pixel by pixel, of a model channel by channel.</summary>
    /// <param name="file">The workload's file.</param>
    /// <param name="inputShape">The model's input of one sample: [1, features], [1, steps, features] or [1, channels, height, width].</param>
    /// <param name="outputs">Outputs of the model.</param>
    public static float[] Read(string file, long[] inputShape, int outputs)
    {
        var bytes = File.ReadAllBytes(file);

        // A classifier's labels are one number a sample, other targets as many as outputs.
        var targets = BitConverter.ToInt32(bytes, 12) != 0 ? 1 : outputs;
        var length = (int)inputShape.Aggregate((a, b) => a * b);
        var row = MemoryMarshal.Cast<byte, float>(bytes.AsSpan()[^(4 * (length + targets))..])[..length];
        var input = row.ToArray();
        if (inputShape is [_, var channels, var height, var width])
            for (var pixel = 0; pixel < height * width; pixel++)
                for (var channel = 0; channel < channels; channel++)
                    input[channel * height * width + pixel] = row[(int)(pixel * channels + channel)];
        return input;
    }
}
