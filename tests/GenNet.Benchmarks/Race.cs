using GenNet.Onnx;

namespace GenNet.Benchmarks;

/// <summary>GenNet and its peers at the same work, in turns.</summary>
static class Race
{
    const int Rounds = 15;
    const int WarmUpSlices = 5;
    const double ShortestWarmUpSlice = 1e8;

    /// <summary>What of each peer takes part in each workload, before this process is pinned: compilers take all cores.</summary>
    public static Dictionary<Workload, (Peer Peer, Variant[] Variants)[]> Variants(IEnumerable<Workload> workloads, IEnumerable<Peer> peers, Cores cores, SortedSet<string> missing) =>
        workloads.ToDictionary(workload => workload, workload =>
        {
            var present = new List<(Peer, Variant[])>();
            foreach (var peer in peers.Where(peer => peer.Takes(workload)))
            {
                try
                {
                    present.Add((peer, peer.Variants(workload, cores.Threads)));
                }
                catch (PeerMissingException e)
                {
                    missing.Add(LeftOut(peer, e));
                }
            }
            return present.ToArray();
        });

    static string LeftOut(Peer peer, PeerMissingException reason) => $"{peer.Name} is left out ({reason.Message}): {peer.Install}";

    /// <summary>Measures a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="peers">The peers that take part.</param>
    /// <param name="cores">Where.</param>
    /// <param name="seconds">Measuring time in all.</param>
    /// <param name="missing">Takes why a peer is left out.</param>
    public static Result Run(Workload workload, (Peer Peer, Variant[] Variants)[] peers, Cores cores, double seconds, SortedSet<string> missing)
    {
        var file = Path.GetTempFileName();
        var model = file + ".onnx";
        var processes = new List<PeerProcess>();
        try
        {
            workload.Write(file);
            OnnxFile.Save(workload.CreateNetwork(), model, states: workload.HasStepModel);
            var slice = seconds * 1e9 / Rounds / (peers.Length + 2);
            foreach (var (peer, variants) in peers)
            {
                try
                {
                    processes.Add(Fastest([.. variants.Select(variant => new PeerProcess(peer.Name, variant, workload, file, model, cores))], slice));
                }
                catch (PeerMissingException e)
                {
                    missing.Add(LeftOut(peer, e));
                }
            }
            var gennet = workload.CreateContender();
            var peak = Peak.CreateContender();
            WarmUp(gennet, slice);
            WarmUp(peak, slice);

            Contender[] contenders = [peak, gennet, .. processes];
            for (var round = 0; round < Rounds; round++)
                for (var i = 0; i < contenders.Length; i++)
                    contenders[(i + round) % contenders.Length].Measure(slice);
            return new(workload, gennet, processes, Peak.FlopsPerCall / peak.Min);
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
            File.Delete(file);
            File.Delete(model);
        }
    }

    /// <summary>Keeps the fastest variant of a peer; the others end.</summary>
    static PeerProcess Fastest(PeerProcess[] variants, double slice)
    {
        var fastest = variants.MinBy(variant => WarmUp(variant, slice))!;
        foreach (var variant in variants.Where(variant => variant != fastest))
            variant.Dispose();
        return fastest;
    }

    /// <summary>Lets caches, JIT and calibration settle. Returns the shortest time of a call.</summary>
    static double WarmUp(Contender contender, double slice) => Enumerable.Range(0, WarmUpSlices).Min(_ => contender.Run(Math.Max(slice, ShortestWarmUpSlice)));
}
