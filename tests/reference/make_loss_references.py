#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Reference/losses/*.json: losses with label smoothing, class weights and sample weights, and their gradients, in double precision."""
import json
import pathlib

import torch
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "losses"


def cross_entropy(z, y, smoothing, classes, samples):
    if samples is None:
        return F.cross_entropy(z, y, weight=classes, label_smoothing=smoothing)
    losses = F.cross_entropy(z, y, weight=classes, label_smoothing=smoothing, reduction="none")
    return (samples * losses).sum() / (len(y) if classes is None else classes[y].sum())


def binary_cross_entropy(z, y, smoothing, classes, samples):
    losses = F.binary_cross_entropy_with_logits(z[:, 0], y.to(z.dtype) * (1 - smoothing) + smoothing / 2, reduction="none")
    weights = torch.ones_like(losses) if classes is None else classes[y]
    divisor = weights.sum()
    return ((weights if samples is None else weights * samples) * losses).sum() / divisor


def mean_squared_error(z, y, smoothing, classes, samples):
    target = F.one_hot(y, z.shape[1]).to(z.dtype) * (1 - smoothing) + smoothing / z.shape[1]
    losses = ((z - target) ** 2).mean(1)
    weights = torch.ones_like(losses) if classes is None else classes[y]
    divisor = weights.sum()
    return ((weights if samples is None else weights * samples) * losses).sum() / divisor


LOSSES = {
    "CrossEntropy": (cross_entropy, 4, "Output = Activation.Softmax"),
    "CrossEntropyOfLogits": (cross_entropy, 4, "Loss = Loss.CrossEntropy"),
    "BinaryCrossEntropy": (binary_cross_entropy, 1, "Output = Activation.Sigmoid"),
    "MeanSquaredError": (mean_squared_error, 4, "Loss = Loss.MeanSquaredError"),
}


def main():
    DIRECTORY.mkdir(exist_ok=True)
    torch.set_default_dtype(torch.float64)
    for number, (name, (loss, outputs, settings)) in enumerate(LOSSES.items()):
        for options in range(8):
            torch.manual_seed(100 * number + options)
            single = lambda *shape: torch.randn(*shape, dtype=torch.float32).double()
            x, w, b = single(9, 5), single(outputs, 5), single(outputs)
            y = torch.randint(max(2, outputs), (9,))
            smoothing = 0.125 if options & 1 else 0.0
            classes = (torch.rand(max(2, outputs), dtype=torch.float32) + 0.25).double() if options & 2 else None
            samples = (torch.rand(9, dtype=torch.float32) * 3).double() if options & 4 else None
            w.requires_grad_(), b.requires_grad_()
            value = loss(F.linear(x, w, b), y, smoothing, classes, samples)
            value.backward()
            parts = [part for bit, part in ((1, "Smoothed"), (2, "Classes"), (4, "Samples")) if options & bit]
            case = dict(
                source=f"[Network(5, {outputs}, {settings})]", smoothing=smoothing,
                classWeights=[] if classes is None else classes.tolist(), sampleWeights=[] if samples is None else samples.tolist(),
                inputs=x.reshape(-1).tolist(), labels=y.tolist(), weights=w.detach().reshape(-1).tolist(), biases=b.detach().tolist(),
                loss=value.item(), weightGradient=w.grad.reshape(-1).tolist(), biasGradient=b.grad.tolist())
            (DIRECTORY / f"{name}{''.join(parts)}.json").write_text(json.dumps(case, separators=(",", ":")))


main()
