// onnxruntime's contender: OnnxRuntimePeer FILE MODEL THREADS.
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

var options = new SessionOptions { IntraOpNumThreads = int.Parse(args[2], CultureInfo.InvariantCulture), InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
using var session = new InferenceSession(args[1], options);
var (inputName, inputMetadata) = session.InputMetadata.Single();
var (outputName, outputMetadata) = session.OutputMetadata.Single();
long[] inputShape = [1, .. inputMetadata.Dimensions[1..].Select(size => (long)size)], outputShape = [1, .. outputMetadata.Dimensions[1..].Select(size => (long)size)];
var output = new float[outputShape.Aggregate((a, b) => a * b)];
using var inputValue = OrtValue.CreateTensorValueFromMemory(ModelInput.Read(args[0], inputShape, output.Length), inputShape);
using var outputValue = OrtValue.CreateTensorValueFromMemory(output, outputShape);
using var run = new RunOptions();
string[] inputNames = [inputName], outputNames = [outputName];
OrtValue[] inputs = [inputValue], outputs = [outputValue];
session.Run(run, inputNames, inputs, outputNames, outputs);
Slices.Answer(output, count =>
{
    for (var i = 0L; i < count; i++)
        session.Run(run, inputNames, inputs, outputNames, outputs);
});
