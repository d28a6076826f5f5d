using Lessons;

foreach (var lesson in Lesson.All)
    foreach (var r in lesson.Run())
    {
        Console.WriteLine($"{lesson.Name}: {r.Name}: epochs {r.Epochs.Count} loss {r.Epochs.FirstOrDefault()?.Loss} -> {r.Epochs.LastOrDefault()?.Loss}, accuracy {r.Accuracy}, end {r.Divergence}");
        foreach (var f in r.Findings) Console.WriteLine("   " + f);
        if (r.Health.Count > 0)
            foreach (var index in new[] { 0, r.Health.Count - 1 })
                Console.WriteLine("   " + string.Join("  ", r.Health[index].Select(h => $"{h.RelativeGradient:0.0e0}{(double.IsNaN(h.DeadShare) ? "" : $" d{h.DeadShare:0.00}")}")));
    }
