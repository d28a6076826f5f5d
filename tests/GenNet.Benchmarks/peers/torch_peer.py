"""PyTorch's contender: torch_peer.py FILE VARIANT THREADS.

Variants: eager or script for inference, loop or foreach (how the optimiser walks the tensors) for training.
Answers every line on stdin (the nanoseconds of a slice) with the nanoseconds that a call took.
"""
import struct
import sys
import time

import torch
from torch import nn

INFER, SGD = 0, 1
ACTIVATIONS = {0: nn.Identity, 1: nn.Sigmoid, 2: nn.Tanh, 3: nn.ReLU}

path, variant, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)

data = open(path, "rb").read()
method, samples, hidden, classifies, checked_steps, size_count = struct.unpack_from("<6i", data)
sizes = struct.unpack_from(f"<{size_count}i", data, 24)
rest = torch.frombuffer(bytearray(data), dtype=torch.float32, offset=24 + 4 * size_count)


def take(*shape):
    global rest
    count = torch.Size(shape).numel()
    taken, rest = rest[:count].reshape(shape).clone(), rest[count:]
    return taken


learning_rate = take(1).item()
start = [(take(i, o).T.contiguous(), take(o)) for i, o in zip(sizes, sizes[1:])]
inputs = take(samples, sizes[0])
targets = take(samples).long() if classifies else take(samples, sizes[-1])


def create_model():
    layers = []
    for weights, biases in start:
        dense = nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            dense.weight.copy_(weights)
            dense.bias.copy_(biases)
        layers += [dense, ACTIVATIONS[hidden]()]
    return nn.Sequential(*layers[:-1])


def create_step():
    model = create_model()
    foreach = variant == "foreach"
    if method == SGD:
        optimizer = torch.optim.SGD(model.parameters(), learning_rate, foreach=foreach)
    else:
        optimizer = torch.optim.Adam(model.parameters(), learning_rate, foreach=foreach)
    loss_of = nn.CrossEntropyLoss() if classifies else nn.MSELoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss

    return step


def create_forward():
    model = create_model().eval()
    if variant == "script":
        model = torch.jit.freeze(torch.jit.script(model))
    return lambda: model(inputs)


def serve(create_call):
    count = 1
    for line in sys.stdin:
        call = create_call()
        for _ in range(3):  # TorchScript specialises in its first calls.
            call()
        begin = time.perf_counter_ns()
        for _ in range(count):
            call()
        per_call = (time.perf_counter_ns() - begin) / count
        count = max(1, int(float(line) / per_call))
        print(per_call, flush=True)


if method == INFER:
    with torch.inference_mode():
        forward = create_forward()
        print(*forward().flatten().tolist(), flush=True)
        serve(lambda: forward)
else:
    step = create_step()
    print(*[step().item() for _ in range(checked_steps)], flush=True)
    serve(create_step)
