"""What a cold PyTorch takes: torch_cold.py STARTED WHAT, with STARTED from the system's monotonic clock, in nanoseconds.

infer: to the first prediction of 17→64→64→6; train: to the hundredth step of 784→128→64→10 with SGD. Prints milliseconds, for train also those of every step.
"""
import sys
import time

import torch
from torch import nn

started, what = int(sys.argv[1]), sys.argv[2]
torch.set_num_threads(1)
if what == "infer":
    model = nn.Sequential(nn.Linear(17, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 6))
    with torch.inference_mode():
        model(torch.zeros(1, 17))
    times = []
else:
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    loss_of = nn.CrossEntropyLoss()
    inputs, labels = torch.rand(128, 784), torch.arange(128) % 10
    times = [time.monotonic_ns()]
    for _ in range(100):
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(inputs), labels).backward()
        optimizer.step()
        times.append(time.monotonic_ns())
print((time.monotonic_ns() - started) / 1e6, *((b - a) / 1e6 for a, b in zip(times, times[1:])))
