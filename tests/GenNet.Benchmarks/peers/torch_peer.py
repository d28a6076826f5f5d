"""PyTorch's contender: torch_peer.py FILE VARIANT THREADS.

Variants: eager or script for inference, loop or foreach (how the optimiser walks the tensors) for training; with "channels last" images have PyTorch's memory format of that name.
Answers every line on stdin (the nanoseconds of a slice) with the nanoseconds that a call took.
"""
import re
import struct
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

INFER, SGD, STEP = 0, 1, 3
ACTIVATIONS = {0: nn.Identity, 1: nn.Sigmoid, 2: nn.Tanh, 3: nn.ReLU}

path, variant, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)

data = open(path, "rb").read()
method, samples, hidden, classifies, checked_steps, size_count = struct.unpack_from("<6i", data)
sizes = struct.unpack_from(f"<{size_count}i", data, 24)
begin = 24 + 4 * size_count
layers = []
if size_count == 0:
    (length,) = struct.unpack_from("<i", data, 24)
    begin = 28 + length
    layers = re.split(r", (?=[A-Z])", data[28:begin].decode())
rest = torch.frombuffer(bytearray(data[begin:]), dtype=torch.float32)
channels_last = variant.endswith("channels last")


def take(*shape):
    global rest
    count = torch.Size(shape).numel()
    taken, rest = rest[:count].reshape(shape).clone(), rest[count:]
    return taken


class Padded(nn.Module):
    """Zeros on the four sides, more of them behind."""

    def __init__(self, pads):
        super().__init__()
        self.pads = pads

    def forward(self, x):
        return F.pad(x, self.pads)


class Recurrent(nn.Module):
    """The states of all steps of [samples, steps, features], and what a stream remembers from one to the next."""

    def __init__(self, module):
        super().__init__()
        self.module, self.state = module, None

    def forward(self, x):
        if method != STEP:
            return self.module(x)[0]
        out, self.state = self.module(x, self.state)
        return out


class LastStep(nn.Module):
    """Of [samples, steps, features], or of [samples, features, steps]."""

    def __init__(self, features_first):
        super().__init__()
        self.features_first = features_first

    def forward(self, x):
        return x[:, :, -1] if self.features_first else x[:, -1]


class Along(nn.Module):
    """A convolution along the steps of a stream, which keeps those that it reads again; nothing until there are enough."""

    def __init__(self, module, before, is_causal):
        super().__init__()
        self.module, self.before = module, before
        self.steps = torch.zeros(1, module.in_channels, before if is_causal else 0)

    def forward(self, x):
        x = torch.cat((self.steps, x), 2)
        self.steps = x[:, :, -self.before:]
        return self.module(x) if x.shape[2] > self.before else None


class Stream(nn.Sequential):
    """Modules of which one may give nothing."""

    def forward(self, x):
        for module in self:
            x = module(x)
            if x is None:
                break
        return x


class Block(nn.Module):
    """Layers, and a connection around them."""

    def __init__(self, body, around):
        super().__init__()
        self.body, self.around = nn.Sequential(*body), nn.Sequential(*around)

    def forward(self, x):
        return self.body(x) + self.around(x)


def image_layers():
    """The modules of a schema such as "Conv2D 28×28×1→24×24×6 5×5 ReLU, MaxPool2D 24×24×6→12×12×6 2×2 stride 2"."""
    modules_of_layers, flat, along = [], False, False

    def modules_of(layer):
        nonlocal flat, along
        modules = []
        layer, _, around = layer.partition(" through ")
        kind, shapes, *words = layer.split(" ")
        taken, given = [[int(n) for n in shape.split("×")] for shape in shapes.split("→")]

        def pair(name, usual):
            if name not in words:
                return usual, usual
            numbers = [int(n) for n in re.split("[×,]", words[words.index(name) + 1])]
            return numbers[0], numbers[-1]

        if kind in ("Conv2D", "MaxPool2D", "AveragePool2D"):
            size, stride, dilation, before = tuple(int(n) for n in words[0].split("×")), pair("stride", 1), pair("dilation", 1), pair("padding", 0)
            behind = [max(0, (given[i] - 1) * stride[i] + (size[i] - 1) * dilation[i] + 1 - taken[i] - before[i]) for i in (0, 1)]
            if tuple(behind) != before and any(before) | any(behind):
                modules.append(Padded((before[1], behind[1], before[0], behind[0])))
                before = 0
            if kind == "Conv2D":
                modules.append(nn.Conv2d(taken[2], given[2], size, stride=stride, padding=before, dilation=dilation, groups=pair("groups", 1)[0]))
            else:
                modules.append((nn.MaxPool2d if kind == "MaxPool2D" else nn.AvgPool2d)(size, stride, before))
        elif kind == "Conv1D":
            size, stride, dilation, before = int(words[words.index("of") + 1]), pair("stride", 1)[0], pair("dilation", 1)[0], pair("padding", 0)[0]
            reach = (size - 1) * dilation + 1
            behind = max(0, (given[0] - 1) * stride + reach - taken[0] - before)
            module = nn.Conv1d(taken[1], given[1], size, stride=stride, dilation=dilation, groups=pair("groups", 1)[0])
            if method == STEP:
                modules.append(Along(module, reach - 1, before > 0) if reach > 1 else module)
            else:
                modules += [Padded((before, behind)), module] if before or behind else [module]
            flat = along = True
        elif kind in ("GRU", "LSTM"):
            modules.append(Recurrent(getattr(nn, kind)(taken[1], given[1], batch_first=True)))
            flat = True
        elif kind == "LastStep":
            modules.append(LastStep(along))
        elif kind == "BatchNorm":
            modules.append(nn.BatchNorm1d(taken[0]) if flat else nn.BatchNorm2d(taken[0]))
        elif kind in ("Flatten", "Dense"):
            if not flat:
                modules.append(nn.Flatten())
                flat = True
            if kind == "Dense":
                modules.append(nn.Linear(taken[0], given[0]))
        elif kind == "Residual":
            back = int(words[words.index("over") + 1])
            modules.append(Block(sum(modules_of_layers[-back:], []), modules_of(around) if around else []))
            modules_of_layers[-back:] = [[] for _ in range(back)]
        else:
            raise ValueError(layer)
        if "ReLU" in words:
            modules.append(nn.ReLU())
        if "Softmax" in words and method == INFER:
            modules.append(nn.Softmax(-1))
        return modules

    for layer in layers:
        modules_of_layers.append(modules_of(layer))
    return sum(modules_of_layers, [])


def tensors(modules):
    for module in nn.ModuleList(modules).modules():
        yield from module.parameters(recurse=False)
        if hasattr(module, "running_mean"):
            yield from (module.running_mean, module.running_var)


learning_rate = take(1).item()
if layers:
    start = [take(*tensor.shape) for tensor in tensors(image_layers())]
    shape = [int(n) for n in layers[0].split(" ")[1].split("→")[0].split("×")]
    if len(shape) == 2:
        inputs = take(samples, 1 if method == STEP else shape[0], shape[1])
        if layers[0].startswith("Conv1D"):
            inputs = inputs.permute(0, 2, 1).contiguous()
    else:
        inputs = take(samples, *shape).permute(0, 3, 1, 2)
        inputs = inputs.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)
    targets = take(samples).long() if classifies else rest.reshape(samples, -1)
else:
    start = [(take(i, o).T.contiguous(), take(o)) for i, o in zip(sizes, sizes[1:])]
    inputs = take(samples, sizes[0])
    targets = take(samples).long() if classifies else take(samples, sizes[-1])


def create_image_model():
    modules = image_layers()
    with torch.no_grad():
        for tensor, value in zip(tensors(modules), start):
            tensor.copy_(value)
    model = (Stream if method == STEP else nn.Sequential)(*modules)
    return model.to(memory_format=torch.channels_last) if channels_last else model


def create_model():
    if layers:
        return create_image_model()
    modules = []
    for weights, biases in start:
        dense = nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            dense.weight.copy_(weights)
            dense.bias.copy_(biases)
        modules += [dense, ACTIVATIONS[hidden]()]
    return nn.Sequential(*modules[:-1])


def create_step():
    model = create_model()
    foreach = variant.startswith("foreach")
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
    if method == STEP:
        # A module that keeps a state between calls is called as it is.
        return lambda: model(inputs)
    if variant.startswith("script"):
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


if method in (INFER, STEP):
    with torch.inference_mode():
        forward = create_forward()
        outputs = [forward() for _ in range(checked_steps if method == STEP else 1)]
        print(*torch.cat([output.flatten() for output in outputs if output is not None]).tolist(), flush=True)
        serve(lambda: forward)
else:
    step = create_step()
    print(*[step().item() for _ in range(checked_steps)], flush=True)
    serve(create_step)
