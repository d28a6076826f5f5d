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


BOTH = "Both"


def module(kind, inputs, units):
    both = kind.endswith(BOTH)
    create = {"GRU": nn.GRU, "LSTM": nn.LSTM, "RNN": nn.RNN, "Dense": nn.Linear}[kind.removesuffix(BOTH)]
    return create(inputs, units, bidirectional=True, batch_first=True) if both else create(inputs, units)


def attribute(kind, units, activation=None):
    name = kind.removesuffix(BOTH)
    return {"RNN": "SimpleRNN"}.get(name, name) + f"({units}{', Activation.' + activation if activation else ''}{', Bidirectional = true' if kind.endswith(BOTH) else ''})"


def tensors(layers, last):
    """By the names of an nn.Sequential, where taking the last step is a module before the last layer."""
    return {f"{index + (last and index == len(layers) - 1)}.{name}": value for index, layer in enumerate(layers) for name, value in layer.named_parameters()}


def forward_both(layers, kinds, x, last, lengths):
    """The same of layers in both directions, of which the second begins with the last step that is there."""
    a = x
    for index, (kind, layer) in enumerate(zip(kinds, layers)):
        if index == len(layers) - 1 and last:
            a = a[torch.arange(x.shape[0]), lengths - 1]
        if kind == "Dense":
            a = layer(a)
            continue
        packed = nn.utils.rnn.pack_padded_sequence(a, lengths, batch_first=True, enforce_sorted=False)
        a, _ = nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True, total_length=x.shape[1])
    return a, [None] * len(layers)


def forward(layers, kinds, x, states, resets, last, lengths, softmax):
    """x: [samples, steps, features]. Returns the outputs, of each step or of the last, and the states behind the last step that is there."""
    if any(kind.endswith(BOTH) for kind in kinds):
        return forward_both(layers, kinds, x, last, lengths)
    outputs, finals = [], [None] * len(layers)
    steps = x.shape[1]
    states = [None if state is None else tuple(part.detach() for part in state) for state in states]
    history = [[] for _ in layers]
    for step in range(steps):
        a = x[:, step]
        for index, (kind, layer) in enumerate(zip(kinds, layers)):
            if kind == "Dense":
                if index == len(layers) - 1 and last:
                    break
                a = layer(a)
                continue
            keep = (~resets[:, step]).double().unsqueeze(1)
            state = tuple((part * keep).unsqueeze(0) for part in states[index])
            a, state = layer(a.unsqueeze(0), state if kind == "LSTM" else state[0])
            a = a[0]
            states[index] = tuple(part[0] for part in (state if kind == "LSTM" else (state,)))
            history[index].append(states[index])
        outputs.append(a)
    rows = torch.arange(x.shape[0])
    for index, kind in enumerate(kinds):
        if kind != "Dense":
            finals[index] = tuple(torch.stack([at[part] for at in history[index]], 1)[rows, lengths - 1] for part in range(len(states[index])))
    outputs = torch.stack(outputs, 1)
    return (layers[-1](outputs[rows, lengths - 1]) if last else outputs), finals


def loss_of(outputs, targets, lengths, last):
    if last:
        return F.cross_entropy(outputs, targets)
    there = (torch.arange(outputs.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)).double().unsqueeze(2)
    return ((outputs - targets) ** 2 * there).sum() / (there.sum() * outputs.shape[2])


def numbers(values):
    """To nine digits, which tell every float32 apart."""
    return [float(f"{value:.9g}") for value in values.detach().double().flatten().tolist()]


def write(seed, name, steps, features, kinds, units, last, samples, with_lengths, with_resets, carries):
    torch.manual_seed(seed)
    sizes = [features] + [size * (2 if kind.endswith(BOTH) else 1) for kind, size in zip(kinds, units)]
    layers = [module(kind, sizes[index], units[index]).double() for index, kind in enumerate(kinds)]
    with torch.no_grad():
        for tensor in tensors(layers, last).values():
            tensor.copy_(tensor.float().double())
    initial = {key: numbers(value) for key, value in tensors(layers, last).items()}
    optimizer = torch.optim.SGD(tensors(layers, last).values(), lr=0.1)
    zeros = lambda: [None if kind == "Dense" or kind.endswith(BOTH) else (torch.zeros(samples, size).double(),) * (2 if kind == "LSTM" else 1) for kind, size in zip(kinds, units)]
    states = zeros()
    windows = []
    for window in range(WINDOWS):
        x = torch.randn(samples, steps, features).float().double()
        lengths = torch.randint(1, steps + 1, (samples,)) if with_lengths else torch.full((samples,), steps)
        resets = torch.rand(samples, steps) < 0.2 if with_resets else torch.zeros(samples, steps, dtype=torch.bool)
        targets = torch.randint(0, units[-1], (samples,)) if last else torch.randn(samples, steps, units[-1]).float().double()
        outputs, finals = forward(layers, kinds, x, states, resets, last, lengths, last)
        loss = loss_of(outputs, targets, lengths, last)
        optimizer.zero_grad()
        loss.backward()
        gradients = {key: numbers(value.grad) for key, value in tensors(layers, last).items()}
        optimizer.step()
        windows.append({
            "inputs": numbers(x), "lengths": lengths.tolist() if with_lengths else [], "resets": [bool(value) for value in resets.flatten().tolist()] if with_resets else [],
            "labels": targets.tolist() if last else [], "targets": [] if last else numbers(targets), "loss": float(loss), "gradients": gradients if window == WINDOWS - 1 else {},
            "states": [[numbers(part) for part in state] for state in finals if state is not None],
        })
        states = finals if carries else zeros()
    attributes = [f"Sequence({steps}, {features})"] + [attribute(kind, size) for kind, size in list(zip(kinds, units))[:-1]]
    attributes += ["LastStep", attribute(kinds[-1], units[-1], "Softmax")] if last else [attribute(kinds[-1], units[-1]), "Flatten"]
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
