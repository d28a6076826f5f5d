// onnxruntime's contender: OnnxRuntimePeer FILE MODEL THREADS. Answers every line on standard input (the nanoseconds of a slice) with the nanoseconds that a call took.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

var options = new SessionOptions { IntraOpNumThreads = int.Parse(args[2], CultureInfo.InvariantCulture), InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
using var session = new InferenceSession(args[1], options);
var (inputName, inputMetadata) = session.InputMetadata.Single();
var (outputName, outputMetadata) = session.OutputMetadata.Single();
long[] inputShape = [1, .. inputMetadata.Dimensions[1..].Select(size => (long)size)], outputShape = [1, .. outputMetadata.Dimensions[1..].Select(size => (long)size)];

// The inputs are those before the targets, the last in the file of one that infers: pixel by pixel, of a model channel by channel.
var length = (int)inputShape.Aggregate((a, b) => a * b);
var row = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(args[0]).AsSpan()[^(4 * (length + TargetsOf(outputShape)))..])[..length];
var input = row.ToArray();
if (inputShape is [_, var channels, var height, var width])
    for (var pixel = 0; pixel < height * width; pixel++)
        for (var channel = 0; channel < channels; channel++)
            input[channel * height * width + pixel] = row[(int)(pixel * channels + channel)];

var output = new float[outputShape.Aggregate((a, b) => a * b)];
using var inputValue = OrtValue.CreateTensorValueFromMemory(input, inputShape);
using var outputValue = OrtValue.CreateTensorValueFromMemory(output, outputShape);
using var run = new RunOptions();
string[] inputNames = [inputName], outputNames = [outputName];
OrtValue[] inputs = [inputValue], outputs = [outputValue];
session.Run(run, inputNames, inputs, outputNames, outputs);
Console.WriteLine(string.Join(' ', output.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));

var count = 1L;
while (Console.ReadLine() is { } line)
{
    var start = Stopwatch.GetTimestamp();
    for (var i = 0L; i < count; i++)
        session.Run(run, inputNames, inputs, outputNames, outputs);
    var perCall = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    count = Math.Max(1, (long)(double.Parse(line, CultureInfo.InvariantCulture) / perCall));
    Console.WriteLine(perCall.ToString("R", CultureInfo.InvariantCulture));
}

// A classifier's labels are one number a sample, other targets as many as outputs.
int TargetsOf(long[] shape) => BitConverter.ToInt32(File.ReadAllBytes(args[0]), 12) != 0 ? 1 : (int)shape.Aggregate((a, b) => a * b);
