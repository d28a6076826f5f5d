using GenNet;
using GenNet.Interrupted;

// Trains without end, with a checkpoint after every step in the folder that is given. Tests kill it at random moments.
var store = new CheckpointStore(args[0]);
var run = new LongRun();
store.LoadNewest(run.Trainer);
for (var step = 1; ; step++)
{
    run.Step();
    store.Save(run.Trainer);

    // Everything is compiled now: the next steps are fast.
    if (step == 1)
        Console.WriteLine("running");
}
