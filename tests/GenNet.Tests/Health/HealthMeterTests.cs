using System.Diagnostics.Metrics;

namespace GenNet.Tests.Health;

public class HealthMeterTests
{
    [Fact]
    public void What_is_measured_is_published()
    {
        var network = new WatchedRectifiers(1);
        var trainer = network.CreateTrainer(new Sgd(0.01), 4);
        trainer.Step(Enumerable.Range(0, 24).Select(i => i / 12f - 1).ToArray(), new float[] { 1, 2, 3, 4 });
        trainer.Health.EndEpoch();

        var published = Published(nameof(WatchedRectifiers));

        // Other trainers of the class may live at the same time.
        foreach (var layer in trainer.Health.Layers)
        {
            Assert.Contains(layer.GradientNorm, published[("gennet.layer.gradient.norm", layer.Number)]);
            Assert.Contains(layer.WeightNorm, published[("gennet.layer.weight.norm", layer.Number)]);
            Assert.Contains(layer.UpdateRatio, published[("gennet.layer.update.ratio", layer.Number)]);
            Assert.Contains(layer.ActivationMean, published[("gennet.layer.activation.mean", layer.Number)]);
            Assert.Contains(layer.ActivationDeviation, published[("gennet.layer.activation.deviation", layer.Number)]);
        }
        Assert.Contains(trainer.Health.Layers[1].DeadShare, published[("gennet.layer.units.dead", 2)]);
        Assert.False(published.ContainsKey(("gennet.layer.units.dead", 3)));
        Assert.DoesNotContain(published.Keys, key => key.Instrument == "gennet.layer.units.saturated");
        GC.KeepAlive(trainer);
    }

    [Fact]
    public void So_is_what_is_left_of_gradients_over_the_steps()
    {
        var network = new WatchedStack(1);
        var trainer = network.CreateTrainer(new Sgd(0.01), 4);
        trainer.Step(new float[4 * WatchedStack.InputSize], new float[4 * WatchedStack.OutputSize]);
        var published = Published(nameof(WatchedStack));
        foreach (var layer in trainer.Health.Layers.Take(3))
            Assert.Contains(layer.Steps!.GradientReach[0], published[("gennet.layer.gradient.reach", layer.Number)]);
        Assert.False(published.ContainsKey(("gennet.layer.gradient.reach", 4)));
        GC.KeepAlive(trainer);
    }

    /// <summary>What the meter says of trainers of a class of network.</summary>
    static Dictionary<(string Instrument, int Layer), List<double>> Published(string network)
    {
        var published = new Dictionary<(string Instrument, int Layer), List<double>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "GenNet")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (!Equals(named["gennet.network"], network))
                return;
            var key = (instrument.Name, (int)named["gennet.layer"]!);
            published.TryAdd(key, []);
            published[key].Add(value);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return published;
    }
}
