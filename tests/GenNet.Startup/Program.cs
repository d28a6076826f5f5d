using System.Diagnostics;
using GenNet;
using GenNet.Startup;

// write FILE: writes weights. file FILE: predicts with them. compiled: predicts with those that were compiled in.
// Prints the milliseconds that the weights took, those of them that went into compiling, the methods compiled, and the milliseconds from the start of the process
// to the first prediction.
if (args[0] == "write")
{
    new StartupNetwork(1).Save(args[1]);
    return;
}
Moment.Now(); // measuring is compiled before it is needed
var start = Moment.Now();
var network = Create();
var end = Moment.Now();
var output = new float[StartupNetwork.OutputSize];
network.Forward(new float[StartupNetwork.InputSize], output);
var total = DateTime.Now - Process.GetCurrentProcess().StartTime;
var (ready, compiling) = (Stopwatch.GetElapsedTime(start.Time, end.Time), end.Compiling - start.Compiling);
Console.WriteLine(FormattableString.Invariant($"{ready.TotalMilliseconds:F2} {compiling.TotalMilliseconds:F2} {end.Methods - start.Methods} {total.TotalMilliseconds:F1}"));

StartupNetwork Create()
{
#if COMPILED_WEIGHTS
    if (args[0] == "compiled")
        return StartupNetwork.Pretrained;
#endif
    var loaded = new StartupNetwork(2);
    loaded.Load(args[1]);
    return loaded;
}
