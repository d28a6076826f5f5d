#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Reference/schedules/*.json: the first 100 learning rates of PyTorch's schedules, for a base rate of 1."""
import json
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as lr

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "schedules"
STEPS = 100
# What is reported to the plateau schedules: fast improvement, improvement about as large as the threshold, noise, improvement.
METRICS = [round(value, 8) for value in (
    [1 / (1 + t) for t in range(12)] + [0.08333 - 2e-6 * t for t in range(40)] + [0.09 + 0.01 * (t % 5) for t in range(28)] + [0.07 - 0.0001 * t for t in range(20)])]

CASES = {
    "Constant": lambda o: lr.ConstantLR(o, 1.0, 0),
    "ConstantFactor": lambda o: lr.ConstantLR(o, 0.25, 30),
    "Step": lambda o: lr.StepLR(o, 30, 0.5),
    "MultiStep": lambda o: lr.MultiStepLR(o, [5, 40, 41, 90], 0.3),
    "Exponential": lambda o: lr.ExponentialLR(o, 0.95),
    "Polynomial": lambda o: lr.PolynomialLR(o, 80),
    "PolynomialPower": lambda o: lr.PolynomialLR(o, 80, 2.5),
    "Cosine": lambda o: lr.CosineAnnealingLR(o, 100),
    "CosineMinimum": lambda o: lr.CosineAnnealingLR(o, 99, 0.125),
    "CosineRestarts": lambda o: lr.CosineAnnealingWarmRestarts(o, 17),
    "CosineRestartsGrowing": lambda o: lr.CosineAnnealingWarmRestarts(o, 10, 2, 0.0625),
    "Warmup": lambda o: lr.LinearLR(o, 0.125, 1.0, 40),
    "OneCycle": lambda o: lr.OneCycleLR(o, 1.0, STEPS, cycle_momentum=False),
    "OneCycleLinear": lambda o: lr.OneCycleLR(o, 1.0, STEPS, pct_start=0.25, anneal_strategy="linear", div_factor=10, final_div_factor=100, cycle_momentum=False),
    "OneCycleThreePhase": lambda o: lr.OneCycleLR(o, 1.0, STEPS, pct_start=0.4, three_phase=True, cycle_momentum=False),
    "Sequential": lambda o: lr.SequentialLR(o, [lr.LinearLR(o, 0.1, 1.0, 20), lr.StepLR(o, 15, 0.5), lr.ConstantLR(o, 0.5, 7)], [20, 70]),
    "Product": lambda o: lr.ChainedScheduler([lr.LinearLR(o, 0.125, 1.0, 30), lr.ExponentialLR(o, 0.97)]),
    "Plateau": lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=3),
    "PlateauCooldown": lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=0.01, cooldown=5, min_lr=0.1),
    "PlateauMaximum": lambda o: lr.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=3),
}


def rates(create):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    schedule = create(optimizer)
    for metric in METRICS:
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        if isinstance(schedule, lr.ReduceLROnPlateau):
            schedule.step(metric)
        else:
            schedule.step()


warnings.filterwarnings("ignore")
DIRECTORY.mkdir(exist_ok=True)
for old in DIRECTORY.glob("*.json"):
    old.unlink()
assert len(METRICS) == STEPS
for name, create in CASES.items():
    content = dict(rates=list(rates(create)))
    if name.startswith("Plateau"):
        content["metrics"] = METRICS
    (DIRECTORY / f"{name}.json").write_text(json.dumps(content) + "\n")
