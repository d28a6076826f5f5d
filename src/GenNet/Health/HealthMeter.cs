using System.Diagnostics.Metrics;

namespace GenNet;

/// <summary>Publishes the health of every trainer that measures it, for as long as the trainer lives.</summary>
static class HealthMeter
{
    static readonly Meter Meter = new("GenNet");
    static readonly List<(WeakReference<GradientHealth> Health, int Number)> Watched = [];
    static int _created;

    static HealthMeter()
    {
        Unloading.Register(Meter.Dispose);
        Publish("gennet.layer.gradient.norm", "Norm of the gradients of the layer's parameters.", layer => layer.GradientNorm);
        Publish("gennet.layer.gradient.reach", "Share of a gradient of a recurrent layer's last state that goes back as far as the first.", layer => layer.Steps?.GradientReach[0] ?? double.NaN);
        Publish("gennet.layer.weight.norm", "Norm of the layer's weights.", layer => layer.WeightNorm);
        Publish("gennet.layer.update.ratio", "Norm of the update of the layer's weights, divided by theirs.", layer => layer.UpdateRatio);
        Publish("gennet.layer.units.dead", "Share of the layer's ReLU units that were zero for every sample of the last epoch.", layer => layer.DeadShare);
        Publish("gennet.layer.units.saturated", "Share of the layer's sigmoid or tanh activations that have hardly any gradient.", layer => layer.SaturatedShare);
        Publish("gennet.layer.activation.mean", "Mean of the layer's activations.", layer => layer.ActivationMean);
        Publish("gennet.layer.activation.deviation", "Standard deviation of the layer's activations.", layer => layer.ActivationDeviation);
    }

    public static void Add(GradientHealth health)
    {
        lock (Watched)
        {
            Watched.RemoveAll(item => !item.Health.TryGetTarget(out _));
            Watched.Add((new(health), ++_created));
        }
    }

    static void Publish(string name, string description, Func<LayerHealth, double> value) =>
        Meter.CreateObservableGauge(name, () => Measure(value), unit: "1", description);

    /// <summary>What has been measured, of each layer of each trainer, tagged with the network's name, the trainer's number in this process and the layer's number.</summary>
    static List<Measurement<double>> Measure(Func<LayerHealth, double> value)
    {
        var measurements = new List<Measurement<double>>();
        lock (Watched)
        {
            foreach (var (reference, number) in Watched)
            {
                if (!reference.TryGetTarget(out var health))
                    continue;
                foreach (var layer in health.Layers)
                    if (!double.IsNaN(value(layer)))
                        measurements.Add(new(value(layer), new("gennet.network", health.NetworkName), new("gennet.trainer", number), new("gennet.layer", layer.Number)));
            }
        }
        return measurements;
    }
}
