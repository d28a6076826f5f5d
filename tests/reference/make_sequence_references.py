#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Reference/sequences/*.json: sequences of unequal lengths, and windows with states that are carried and reset.

PyTorch's modules are called step by step, in double precision, so that a state can be forgotten before any step.
"""
import json
import pathlib

import torch
from torch import nn
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "sequences"
WINDOWS = 3


BOTH, DROPPED, NORM = "Both", "Dropped", "Norm"
RATE_OF_STATES, RATE = 0.4, 0.25
SEED = 0
ONES = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & ONES
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & ONES
    return z ^ (z >> 31)


def split(key, index):
    """The key of a stream's stream of that number."""
    return mix(key ^ mix((index * GOLDEN + 0xD1B54A32D192ED03) & ONES))


def mask(start, layer, units, rate):
    """What a sequence that began in a batch, as one of its samples, with a step, has its values of a layer multiplied by."""
    batch, sample, step = start
    key = mix((SEED + GOLDEN) & ONES)
    for index in [(1 << 32) + 3, batch, layer & ONES, sample] + ([step] if step else []):
        key = split(key, index)

    def mix32(h):
        h = ((h ^ (h >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
        h = ((h ^ (h >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
        return h ^ (h >> 16)

    low, high = key & 0xFFFFFFFF, key >> 32
    kept = [mix32(mix32((unit * 0x9E3779B9 + low) & 0xFFFFFFFF) ^ high) >= round(rate * (1 << 32)) for unit in range(units)]
    return torch.tensor([1 / (1 - rate) if keep else 0.0 for keep in kept]).float().double()


def plain(kind):
    return kind.removesuffix(DROPPED).removesuffix(BOTH)


def is_both(kind):
    return BOTH in kind


def module(kind, inputs, units):
    create = {"GRU": nn.GRU, "LSTM": nn.LSTM, "RNN": nn.RNN, "Before": nn.GRU, "Dense": nn.Linear, "Dropout": lambda *_: nn.Identity(), NORM: lambda size, _: nn.BatchNorm1d(size)}[plain(kind)]
    return create(inputs, units, bidirectional=True, batch_first=True) if is_both(kind) else create(inputs, units)


def attribute(kind, units, activation=None):
    name = plain(kind)
    if name == "Dropout":
        return f"Dropout({RATE})"
    if name == NORM:
        return "BatchNorm"
    settings = f"{', ResetAfter = false' if name == 'Before' else ''}{', Bidirectional = true' if is_both(kind) else ''}{f', RecurrentDropout = {RATE_OF_STATES}' if kind.endswith(DROPPED) else ''}"
    return {"RNN": "SimpleRNN", "Before": "GRU"}.get(name, name) + f"({units}{', Activation.' + activation if activation else ''}{settings})"


def masked_step(kind, layer, x, state, masks, suffix=""):
    """One step of a recurrent layer whose products take h ∘ mask: x and state are [samples, values]."""
    w, u, b, c = (getattr(layer, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    h = state[0]
    ofx, ofh = F.linear(x, w, b), F.linear(h * masks, u, c)
    if kind == "RNN":
        return (torch.tanh(ofx + ofh),)
    if kind == "LSTM":
        i, f, g, o = (ofx + ofh).chunk(4, 1)
        cell = torch.sigmoid(f) * state[1] + torch.sigmoid(i) * torch.tanh(g)
        return (torch.sigmoid(o) * torch.tanh(cell), cell)
    xr, xz, xn = ofx.chunk(3, 1)
    if kind == "Before":
        # The reset gate works on h, before the product with the weights of the third gate.
        units = h.shape[1]
        r = torch.sigmoid(xr + ofh[:, :units])
        z, n = torch.sigmoid(xz + ofh[:, units:2 * units]), torch.tanh(xn + F.linear(r * (h * masks), u[2 * units:], c[2 * units:]))
        return ((1 - z) * n + z * h,)
    hr, hz, hn = ofh.chunk(3, 1)
    r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
    return ((1 - z) * torch.tanh(xn + r * hn) + z * h,)


def masked_direction(kind, layer, a, lengths, masks, reverse):
    """One direction through each sample's steps that are there."""
    units, results = layer.hidden_size, []
    for sample in range(a.shape[0]):
        state, rows = (torch.zeros(1, units).double(),) * 2, [torch.zeros(units).double()] * a.shape[1]
        steps = range(int(lengths[sample]))
        for step in reversed(steps) if reverse else steps:
            state = masked_step(plain(kind), layer, a[sample:sample + 1, step], state, masks[sample:sample + 1], "_reverse" if reverse else "")
            rows[step] = state[0][0]
        results.append(torch.stack(rows))
    return torch.stack(results)


def tensors(layers, last):
    """By the names of an nn.Sequential, where taking the last step is a module before the last layer."""
    return {f"{index + (last and index == len(layers) - 1)}.{name}": value for index, layer in enumerate(layers)
            for name, value in [*layer.named_parameters(), *(item for item in layer.named_buffers() if item[0] != "num_batches_tracked")]}


MEAN, MAX = "Mean", "Max"


def one_row(a, lengths, kind):
    """The last of the steps that are there, or the mean or the maximum over them."""
    if kind not in (MEAN, MAX):
        return a[torch.arange(a.shape[0]), lengths - 1]
    there = (torch.arange(a.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)).unsqueeze(2)
    return torch.where(there, a, torch.zeros_like(a)).sum(1) / lengths.unsqueeze(1) if kind == MEAN else torch.where(there, a, torch.full_like(a, -torch.inf)).amax(1)


def forward_layers(layers, kinds, x, last, lengths, batch):
    """The same layer by layer: of layers in both directions, of which the second begins with the last step that is there, and of batch normalisation."""
    a, finals = x, [None] * len(layers)
    for index, (kind, layer) in enumerate(zip(kinds, layers)):
        if index == len(layers) - 1 and last:
            a = one_row(a, lengths, last)
        if kind == "Dense":
            a = layer(a)
            continue
        if kind == NORM:
            # Behind the end of a sequence is nothing that a mean could be taken of.
            there = torch.arange(a.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)
            normal = torch.zeros_like(a)
            normal[there] = layer(a[there])
            a = normal
            continue
        if kind.endswith(DROPPED) or plain(kind) == "Before":
            rate = RATE_OF_STATES if kind.endswith(DROPPED) else 0
            masks = [torch.stack([mask((batch, sample, 0), number, layer.hidden_size, rate) for sample in range(x.shape[0])]) for number in (index + 1, -(index + 1))]
            a = torch.cat([masked_direction(kind, layer, a, lengths, of, reverse) for of, reverse in zip(masks, (False, True))], 2)
            continue
        layer.batch_first = True
        packed = nn.utils.rnn.pack_padded_sequence(a, lengths, batch_first=True, enforce_sorted=False)
        given, final = layer(packed)
        a, _ = nn.utils.rnn.pad_packed_sequence(given, batch_first=True, total_length=x.shape[1])
        if not is_both(kind):
            finals[index] = tuple(part[0] for part in (final if kind == "LSTM" else (final,)))
    return a, finals


def forward(layers, kinds, x, states, resets, last, lengths, starts, batch):
    """
    x: [samples, steps, features]. last: whether one row of all steps is what the last layer takes; of a mean or a maximum, MEAN or MAX. Returns the outputs, of each step or of that row, and the states behind the last step that is there. starts: where each sample's sequence began,
    which is moved to where that began with which it ends.
    """
    if any(is_both(kind) or kind == NORM for kind in kinds):
        return forward_layers(layers, kinds, x, last, lengths, batch)
    outputs, finals = [], [None] * len(layers)
    steps = x.shape[1]
    states = [None if state is None else tuple(part.detach() for part in state) for state in states]
    history = [[] for _ in layers]
    for step in range(steps):
        a = x[:, step]
        for sample in range(x.shape[0]):
            if resets[sample, step] and step < lengths[sample]:
                starts[sample] = (batch, sample, step)
        for index, (kind, layer) in enumerate(zip(kinds, layers)):
            if kind == "Dense":
                if index == len(layers) - 1 and last:
                    break
                a = layer(a)
                continue
            if kind == "Dropout":
                if not (last and index == len(kinds) - 2):
                    a = a * torch.stack([mask(start, index + 1, a.shape[1], RATE) for start in starts])
                continue
            keep = (~resets[:, step]).double().unsqueeze(1)
            state = tuple((part * keep).unsqueeze(0) for part in states[index])
            if kind.endswith(DROPPED) or plain(kind) == "Before":
                masks = torch.stack([mask(start, index + 1, layer.hidden_size, RATE_OF_STATES if kind.endswith(DROPPED) else 0) for start in starts])
                states[index] = masked_step(plain(kind), layer, a, tuple(part[0] for part in state), masks)
                a = states[index][0]
            else:
                a, state = layer(a.unsqueeze(0), state if kind == "LSTM" else state[0])
                a = a[0]
                states[index] = tuple(part[0] for part in (state if kind == "LSTM" else (state,)))
            history[index].append(states[index])
        outputs.append(a)
    rows = torch.arange(x.shape[0])
    for index, kind in enumerate(kinds):
        if kind not in ("Dense", "Dropout"):
            finals[index] = tuple(torch.stack([at[part] for at in history[index]], 1)[rows, lengths - 1] for part in range(len(states[index])))
    outputs = torch.stack(outputs, 1)
    if last and kinds[-2] == "Dropout":
        # Behind the last step is one row a sample, of the sequence with which it ends.
        outputs = outputs * torch.stack([mask(start, len(kinds), outputs.shape[2], RATE) for start in starts]).unsqueeze(1)
    return (layers[-1](one_row(outputs, lengths, last)) if last else outputs), finals


def loss_of(outputs, targets, lengths, last, classes):
    if last:
        return F.cross_entropy(outputs, targets)
    there = torch.arange(outputs.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)
    if classes:
        # What is behind the end of a sequence is ignored too, whatever its label.
        return F.cross_entropy(outputs.flatten(0, 1), torch.where(there, targets, torch.full_like(targets, -100)).flatten())
    there = there.double().unsqueeze(2)
    return ((outputs - targets) ** 2 * there).sum() / (there.sum() * outputs.shape[2])


def numbers(values):
    """To nine digits, which tell every float32 apart."""
    return [float(f"{value:.9g}") for value in values.detach().double().flatten().tolist()]


def write(seed, name, steps, features, kinds, units, last, samples, with_lengths, with_resets, carries, classes=False):
    torch.manual_seed(seed)
    sizes = [features] + [size * (2 if is_both(kind) else 1) for kind, size in zip(kinds, units)]
    layers = [module(kind, sizes[index], units[index]).double() for index, kind in enumerate(kinds)]
    with torch.no_grad():
        for tensor in tensors(layers, last).values():
            tensor.copy_(tensor.float().double())
    initial = {key: numbers(value) for key, value in tensors(layers, last).items()}
    optimizer = torch.optim.SGD([parameter for layer in layers for parameter in layer.parameters()], lr=0.1)
    zeros = lambda: [None if kind in ("Dense", "Dropout", NORM) or is_both(kind) else (torch.zeros(samples, size).double(),) * (2 if plain(kind) == "LSTM" else 1) for kind, size in zip(kinds, units)]
    states, starts = zeros(), []
    windows = []
    for window in range(WINDOWS):
        x = torch.randn(samples, steps, features).float().double()
        lengths = torch.randint(1, steps + 1, (samples,)) if with_lengths else torch.full((samples,), steps)
        resets = torch.rand(samples, steps) < 0.2 if with_resets else torch.zeros(samples, steps, dtype=torch.bool)
        if classes:
            targets = torch.randint(0, units[-1], (samples, steps))
            targets[torch.rand(samples, steps) < 0.3] = -100
        else:
            targets = torch.randint(0, units[-1], (samples,)) if last else torch.randn(samples, steps, units[-1]).float().double()
        starts = starts if carries and starts else [(window, sample, 0) for sample in range(samples)]
        outputs, finals = forward(layers, kinds, x, states, resets, last, lengths, starts, window)
        loss = loss_of(outputs, targets, lengths, last, classes)
        optimizer.zero_grad()
        loss.backward()
        gradients = {key: numbers(value.grad) for key, value in tensors(layers, last).items() if value.requires_grad}
        optimizer.step()
        windows.append({
            "inputs": numbers(x), "lengths": lengths.tolist() if with_lengths else [], "resets": [bool(value) for value in resets.flatten().tolist()] if with_resets else [],
            "labels": targets.flatten().tolist() if last or classes else [], "targets": [] if last or classes else numbers(targets), "loss": float(loss), "gradients": gradients if window == WINDOWS - 1 else {},
            "states": [[numbers(part) for part in state] for state in finals if state is not None],
        })
        states = finals if carries else zeros()
    attributes = [f"Sequence({steps}, {features})"] + [attribute(kind, size) for kind, size in list(zip(kinds, units))[:-1]]
    if last and kinds[-2] == "Dropout":
        attributes[-1:] = ["LastStep", attribute(kinds[-2], units[-2]), attribute(kinds[-1], units[-1], "Softmax")]
    else:
        attributes += [{MEAN: "GlobalAveragePool1D", MAX: "GlobalMaxPool1D"}.get(last, "LastStep"), attribute(kinds[-1], units[-1], "Softmax")] if last else [attribute(kinds[-1], units[-1], "Softmax" if classes else None), "Flatten"]
    DIRECTORY.mkdir(exist_ok=True)
    (DIRECTORY / f"{name}.json").write_text(json.dumps({
        "source": "[Network] " + " ".join(f"[{item}]" for item in attributes), "carries": carries, "initial": initial, "windows": windows,
        "parameters": {key: numbers(value) for key, value in tensors(layers, last).items()}}) + "\n")


for number, kind in enumerate(["GRU", "LSTM", "RNN"]):
    for at, (suffix, kinds, units, last) in enumerate([
            ("Last", [kind, "Dense"], [6, 3], True), ("Each", [kind, "Dense"], [9, 2], False),
            ("Stacked", ["Dense", kind, kind, "Dense"], [5, 17, 4, 3], True), ("StackedEach", [kind, "Dense", kind, "Dense"], [20, 3, 5, 2], False)]):
        for option, (lengths, resets, carries) in enumerate([(True, False, False), (False, True, True), (True, True, True)]):
            if suffix.startswith("Stacked") and not (lengths and resets):
                continue
            write(9000 + 100 * number + 10 * at + option, f"{kind}{suffix}{['Lengths', 'Carried', 'All'][option]}", 7, 3, kinds, units, last, 5 if at % 2 else 11, lengths, resets, carries)

for number, kind in enumerate(["GRUBoth", "LSTMBoth", "RNNBoth"]):
    for at, (suffix, kinds, units, last) in enumerate([
            ("Each", [kind, "Dense"], [17, 2], False), ("StackedEach", ["Dense", kind, kind, "Dense"], [5, 9, 4, 3], False)]):
        write(9300 + 10 * number + at, f"{kind}{suffix}Lengths", 7, 3, kinds, units, last, 5 if at % 2 else 11, True, False, False)

for number, kind in enumerate(["GRU", "LSTM", "RNN"]):
    for at, (suffix, kinds, units, last) in enumerate([
            ("DroppedLast", [kind + DROPPED, "Dropout", "Dense"], [6, 6, 3], True), ("DroppedEach", ["Dropout", kind + DROPPED, "Dropout", "Dense"], [3, 17, 17, 2], False),
            ("DroppedStackedEach", ["Dense", kind + DROPPED, kind + DROPPED, "Dense"], [5, 9, 20, 2], False)]):
        for option, (lengths, resets, carries) in enumerate([(True, False, False), (False, True, True), (True, True, True)]):
            if option == 2 or at == option:
                write(9500 + 100 * number + 10 * at + option, f"{kind}{suffix}{['Lengths', 'Carried', 'All'][option]}", 7, 3, kinds, units, last, 5 if at % 2 else 11, lengths, resets, carries)
    write(9590 + number, f"{kind}BothDroppedEachLengths", 6, 3, ["Dense", kind + BOTH + DROPPED, "Dense"], [4, 9, 2], False, 5, True, False, False)

for at, (name, kinds, units, last, lengths, resets, carries) in enumerate([
        ("GRUBeforeLastAll", ["Before", "Dense"], [6, 3], True, True, True, True), ("GRUBeforeEachCarried", ["Before", "Dense"], [9, 2], False, False, True, True),
        ("GRUBeforeStackedEachAll", ["Dense", "Before", "Before", "Dense"], [5, 17, 20, 2], False, True, True, True),
        ("GRUBeforeDroppedEachAll", ["Before" + DROPPED, "Dense"], [17, 2], False, True, True, True),
        ("GRUBeforeBothEachLengths", ["Before" + BOTH, "Dense"], [9, 2], False, True, False, False),
        ("GRUBeforeBothDroppedEachLengths", ["Before" + BOTH + DROPPED, "Dense"], [5, 2], False, True, False, False)]):
    write(9800 + at, name, 7, 3, kinds, units, last, 5 if at % 2 else 11, lengths, resets, carries)

for at, (name, kinds, units, lengths, resets, carries) in enumerate([
        ("GRUClasses", ["GRU", "Dense"], [9, 3], False, False, False), ("GRUClassesLengths", ["GRU", "Dense"], [9, 3], True, False, False),
        ("LSTMClassesAll", ["LSTM", "Dense"], [17, 20], True, True, True), ("RNNStackedClassesCarried", ["Dense", "RNN", "RNN", "Dense"], [5, 9, 4, 2], False, True, True),
        ("GRUBothClassesLengths", ["GRU" + BOTH, "Dense"], [9, 4], True, False, False), ("LSTMDroppedClassesAll", ["LSTM" + DROPPED, "Dropout", "Dense"], [9, 9, 5], True, True, True)]):
    write(9900 + at, name, 7, 3, kinds, units, False, 5 if at % 2 else 11, lengths, resets, carries, classes=True)

for at, (kinds, units, samples) in enumerate([(["GRU", "Dense"], [6, 3], 5), (["Dense", "LSTM" + BOTH, "Dense"], [4, 9, 3], 11), (["Dense", "Dense"], [17, 20], 21)]):
    for row in (MEAN, MAX):
        write(9950 + 2 * at + (row == MAX), f"{''.join(kinds[:-1])}{row}Lengths", 7, 3, kinds, units, row, samples, True, False, False)

for at, (name, kinds, units, row, samples) in enumerate([
        ("NormEachLengths", ["GRU", NORM, "LSTM", "Dense"], [17, 17, 5, 2], False, 11), ("NormFirstEachLengths", [NORM, "GRU", NORM, "Dense"], [3, 9, 9, 2], False, 5),
        ("NormLastLengths", ["GRU" + BOTH, NORM, "Dense"], [9, 18, 3], True, 11), ("NormMeanLengths", ["RNN", NORM, "Dense"], [20, 20, 3], MEAN, 21)]):
    write(9970 + at, name, 7, 3, kinds, units, row, samples, True, False, False)
