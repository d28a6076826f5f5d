// onnxruntime's contender: OnnxRuntimePeer FILE MODEL THREADS.
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

const int Step = 3;

var options = new SessionOptions { IntraOpNumThreads = int.Parse(args[2], CultureInfo.InvariantCulture), InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
using var session = new InferenceSession(args[1], options);
using var run = new RunOptions();
string[] inputNames = [.. session.InputNames], outputNames = [.. session.OutputNames];
var header = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(args[0]));
if (header[0] == Step)
    AnswerSteps(header[4]);
else
    AnswerSamples();

void AnswerSamples()
{
    long[] inputShape = Shape(session.InputMetadata[inputNames[0]]), outputShape = Shape(session.OutputMetadata[outputNames[0]]);
    var output = new float[Length(outputShape)];
    using var inputValue = OrtValue.CreateTensorValueFromMemory(ModelInput.Read(args[0], inputShape, output.Length), inputShape);
    using var outputValue = OrtValue.CreateTensorValueFromMemory(output, outputShape);
    OrtValue[] inputs = [inputValue], outputs = [outputValue];
    session.Run(run, inputNames, inputs, outputNames, outputs);
    Slices.Answer(output, count =>
    {
        for (var i = 0L; i < count; i++)
            session.Run(run, inputNames, inputs, outputNames, outputs);
    });
}

// The model of a step gives its states behind the outputs, in the order of the inputs that take them: two sets of them change places from step to step.
void AnswerSteps(int steps)
{
    long[] inputShape = Shape(session.InputMetadata[inputNames[0]]), outputShape = Shape(session.OutputMetadata[outputNames[0]]);
    var output = new float[Length(outputShape)];
    var input = OrtValue.CreateTensorValueFromMemory(ModelInput.Read(args[0], inputShape, output.Length), inputShape);
    var answer = OrtValue.CreateTensorValueFromMemory(output, outputShape);
    var states = new[] { States(), States() };
    OrtValue[][] inputs = [[input, .. states[0]], [input, .. states[1]]], outputs = [[answer, .. states[1]], [answer, .. states[0]]];
    var turn = 0;
    var answers = new List<float>();
    for (var step = 0; step < steps; step++)
    {
        Next();
        answers.AddRange(output);
    }
    Slices.Answer(answers, count =>
    {
        for (var i = 0L; i < count; i++)
            Next();
    });

    void Next()
    {
        session.Run(run, inputNames, inputs[turn], outputNames, outputs[turn]);
        turn ^= 1;
    }

    OrtValue[] States() => [.. inputNames[1..].Select(name => Shape(session.InputMetadata[name])).Select(shape => OrtValue.CreateTensorValueFromMemory(new float[Length(shape)], shape))];
}

// One sample, and one step of what has any number of them.
static long[] Shape(NodeMetadata metadata) => [.. metadata.Dimensions.Select(size => (long)Math.Max(1, size))];

static long Length(long[] shape) => shape.Aggregate((a, b) => a * b);
