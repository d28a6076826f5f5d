using System.Diagnostics;
using System.Runtime;
using GenNet;
using GenNet.Simd;
using Native;

// How fast a program compiled ahead of time predicts and learns. Run the same under the JIT to compare.
var random = new RandomStream(1);
var controller = new Controller(1);
var (state, action) = (Draw(Controller.InputSize), new float[Controller.OutputSize]);
var prediction = Shortest(2_000_000, () => controller.Forward(state, action));

const int Batch = 128;
var trainer = new Classifier(1).CreateTrainer(new Sgd(0.01), Batch);
var (images, labels) = (Draw(Batch * Classifier.InputSize), new int[Batch]);
foreach (ref var label in labels.AsSpan())
    label = random.NextInt32(Classifier.OutputSize);
var step = Shortest(400, () => trainer.Step(images, labels));

Console.WriteLine($"{(JitInfo.GetCompiledMethodCount() > 0 ? "JIT" : "Native AOT")}, {SimdWidth.Bits}-bit vectors: {prediction:0} ns a prediction of 17→64→64→6, {step / 1000:0} µs a step of 784→128→64→10 on {Batch} samples");

float[] Draw(int count)
{
    var values = new float[count];
    foreach (ref var value in values.AsSpan())
        value = 2 * random.NextSingle() - 1;
    return values;
}

// Nanoseconds a call, the least of several turns: whatever else the machine does only adds to it.
static double Shortest(int calls, Action call)
{
    const int Turns = 12;
    var shortest = double.MaxValue;
    for (var turn = 0; turn < Turns; turn++)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls / Turns; i++)
            call();
        shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / (calls / Turns));
    }
    return shortest;
}
