#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Reference/losses/*.json: losses with label smoothing, class weights, sample weights and labels that are ignored, and their gradients, in double precision."""
import json
import pathlib

import torch
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "losses"


def cross_entropy(z, y, smoothing, classes, samples):
    if samples is None:
        return F.cross_entropy(z, y, weight=classes, label_smoothing=smoothing)
    losses = F.cross_entropy(z, y, weight=classes, label_smoothing=smoothing, reduction="none")
    counted = y[y >= 0]
    return (samples * losses).sum() / (len(counted) if classes is None else classes[counted].sum())


def mean_of_counted(losses, y, classes, samples):
    counted = (y >= 0).to(losses.dtype)
    weights = counted if classes is None else classes[y.clamp(min=0)] * counted
    return ((weights if samples is None else weights * samples) * losses).sum() / weights.sum()


def binary_cross_entropy(z, y, smoothing, classes, samples):
    losses = F.binary_cross_entropy_with_logits(z[:, 0], y.clamp(min=0).to(z.dtype) * (1 - smoothing) + smoothing / 2, reduction="none")
    return mean_of_counted(losses, y, classes, samples)


def mean_squared_error(z, y, smoothing, classes, samples):
    target = F.one_hot(y.clamp(min=0), z.shape[1]).to(z.dtype) * (1 - smoothing) + smoothing / z.shape[1]
    return mean_of_counted(((z - target) ** 2).mean(1), y, classes, samples)


def mean_squared_error_of_softmax(z, y, smoothing, classes, samples):
    return mean_squared_error(z.softmax(1), y, smoothing, classes, samples)


STEPS = 3
ROWS = 9

# The same rows are nine samples, or three of three steps that have a label each.
LOSSES = {
    "CrossEntropy": (cross_entropy, 4, "[Network(5, 4, Output = Activation.Softmax)]", 1),
    "CrossEntropyOfLogits": (cross_entropy, 4, "[Network(5, 4, Loss = Loss.CrossEntropy)]", 1),
    "BinaryCrossEntropy": (binary_cross_entropy, 1, "[Network(5, 1, Output = Activation.Sigmoid)]", 1),
    "MeanSquaredError": (mean_squared_error, 4, "[Network(5, 4, Loss = Loss.MeanSquaredError)]", 1),
    "CrossEntropyOfSteps": (cross_entropy, 4, f"[Network] [Sequence({STEPS}, 5)] [Dense(4, Activation.Softmax)] [Flatten]", STEPS),
    "MeanSquaredErrorOfSteps": (mean_squared_error_of_softmax, 4, f"[Network(Loss = Loss.MeanSquaredError)] [Sequence({STEPS}, 5)] [Dense(4, Activation.Softmax)] [Flatten]", STEPS),
}


def main():
    DIRECTORY.mkdir(exist_ok=True)
    torch.set_default_dtype(torch.float64)
    for number, (name, (loss, outputs, source, steps)) in enumerate(LOSSES.items()):
        for options in range(16):
            torch.manual_seed(100 * number + options)
            single = lambda *shape: torch.randn(*shape, dtype=torch.float32).double()
            x, w, b = single(ROWS, 5), single(outputs, 5), single(outputs)
            y = torch.randint(max(2, outputs), (ROWS,))
            smoothing = 0.125 if options & 1 else 0.0
            classes = (torch.rand(max(2, outputs), dtype=torch.float32) + 0.25).double() if options & 2 else None
            samples = (torch.rand(ROWS // steps, dtype=torch.float32) * 3).double() if options & 4 else None
            if options & 8:
                y[torch.randperm(ROWS)[:3]] = -100
            w.requires_grad_(), b.requires_grad_()
            value = loss(F.linear(x, w, b), y, smoothing, classes, None if samples is None else samples.repeat_interleave(steps))
            value.backward()
            parts = [part for bit, part in ((1, "Smoothed"), (2, "Classes"), (4, "Samples"), (8, "Ignored")) if options & bit]
            case = dict(
                source=source, smoothing=smoothing,
                classWeights=[] if classes is None else classes.tolist(), sampleWeights=[] if samples is None else samples.tolist(),
                inputs=x.reshape(-1).tolist(), labels=y.tolist(), weights=w.detach().reshape(-1).tolist(), biases=b.detach().tolist(),
                loss=value.item(), weightGradient=w.grad.reshape(-1).tolist(), biasGradient=b.grad.tolist())
            (DIRECTORY / f"{name}{''.join(parts)}.json").write_text(json.dumps(case, separators=(",", ":")))


main()
