#!/usr/bin/env python3
"""Models as RTNeural's JSON files have them, with Keras's arrays, and what they give: tests/GenNet.Tests/Commands/rtneural.

The weights are PyTorch's, put into Keras's order. What comes out is computed from Keras's arrays alone, in double precision, one step after the other, and compared with PyTorch.
"""
import json
import pathlib

import numpy as np
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Commands" / "rtneural"
STEPS = 9


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ACTIVATIONS = {
    "": lambda z: z, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "sigmoid": sigmoid, "elu": lambda z: np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1),
    "softmax": lambda z: np.exp(z - z.max(-1, keepdims=True)) / np.exp(z - z.max(-1, keepdims=True)).sum(-1, keepdims=True),
}
MODULES = {"tanh": nn.Tanh, "relu": nn.ReLU, "sigmoid": nn.Sigmoid, "elu": nn.ELU, "softmax": lambda: nn.Softmax(-1)}


def run(layer, x):
    """What a layer gives of [steps, features], by Keras's arrays."""
    weights = [np.array(array, dtype=np.float64) for array in layer["weights"]]
    if layer["type"] in ("dense", "time-distributed-dense"):
        x = x @ weights[0] + (weights[1] if len(weights) > 1 else 0)
    elif layer["type"] == "conv1d":
        kernel, dilation, groups = weights[0], layer["dilation"][-1], layer.get("groups", 1)
        size, channels, filters = kernel.shape
        y = np.tile(weights[1], (len(x), 1))
        for t in range(len(x)):
            for k in range(size):
                at = t - (size - 1 - k) * dilation
                for f in range(filters):
                    first = f // (filters // groups) * channels
                    if at >= 0:
                        y[t, f] += x[at, first:first + channels] @ kernel[k, :, f]
        x = y
    elif layer["type"] == "batchnorm":
        scale, shift = (weights[0], weights[1]) if len(weights) == 4 else (1, 0)
        x = (x - weights[-2]) / np.sqrt(weights[-1] + layer["epsilon"]) * scale + shift
    elif layer["type"] == "gru":
        (w, u, b), units = weights, layer["shape"][-1]
        h, states = np.zeros(units), []
        for row in x:
            ofx, ofh = row @ w + b[0], h @ u + b[1]
            z = sigmoid(ofx[:units] + ofh[:units])
            r = sigmoid(ofx[units:2 * units] + ofh[units:2 * units])
            h = z * h + (1 - z) * np.tanh(ofx[2 * units:] + r * ofh[2 * units:])
            states.append(h)
        return np.array(states)
    elif layer["type"] == "lstm":
        (w, u, b), units = weights, layer["shape"][-1]
        h, c, states = np.zeros(units), np.zeros(units), []
        for row in x:
            i, f, g, o = np.split(row @ w + h @ u + b, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            states.append(h)
        return np.array(states)
    return ACTIVATIONS[layer["activation"]](x)


def keras(module, previous):
    """A module's type, weights in Keras's order and settings."""
    tensors = {name: tensor.detach().numpy() for name, tensor in module.state_dict().items()}
    if isinstance(module, nn.Linear):
        return "dense", [tensors["weight"].T] + ([tensors["bias"]] if module.bias is not None else []), module.out_features, {}
    if isinstance(module, nn.Conv1d):
        return "conv1d", [tensors["weight"].transpose(2, 1, 0), tensors["bias"]], module.out_channels, {"kernel_size": list(module.kernel_size), "dilation": list(module.dilation), "groups": module.groups}
    if isinstance(module, nn.BatchNorm1d):
        return "batchnorm", ([tensors["weight"], tensors["bias"]] if module.affine else []) + [tensors["running_mean"], tensors["running_var"]], previous, {"epsilon": module.eps}
    units = module.hidden_size
    ih, hh, bi, bh = (tensors[name] for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"))
    if isinstance(module, nn.GRU):
        # PyTorch has reset, update, new.
        order = np.concatenate([np.arange(units, 2 * units), np.arange(units), np.arange(2 * units, 3 * units)])
        return "gru", [ih[order].T, hh[order].T, np.stack([bi[order], bh[order]])], units, {}
    return "lstm", [ih.T, hh.T, bi + bh], units, {}


def forward(module, x):
    if isinstance(module, (nn.GRU, nn.LSTM)):
        return module(x.transpose(0, 1))[0].transpose(0, 1)
    if isinstance(module, nn.Conv1d):
        before = (module.kernel_size[0] - 1) * module.dilation[0]
        return module(nn.functional.pad(x.transpose(1, 2), (before, 0))).transpose(1, 2)
    if isinstance(module, nn.BatchNorm1d):
        return module(x.reshape(-1, x.shape[-1])).reshape(x.shape)
    return module(x)


def make(name, inputs, modules, steps=None, last=False):
    """Writes a model of modules, each with an activation, and its outputs at all steps."""
    layers, units = [], inputs
    x = torch.randn(1, STEPS, inputs)
    y, naive = x.double(), x[0].double().numpy()
    for module, activation, kind in modules:
        if module is not None:
            for parameter in module.parameters():
                nn.init.uniform_(parameter, -1, 1)
            if isinstance(module, nn.BatchNorm1d):
                nn.init.normal_(module.running_mean)
                nn.init.uniform_(module.running_var, 0.5, 2)
            type_, weights, units, settings = keras(module.eval(), units)
            y = forward(module.double(), y)
        else:
            type_, weights, settings = "activation", [], {}
        if activation and type_ not in ("gru", "lstm"):
            y = MODULES[activation]()(y)
        layers.append({"type": kind or type_, "activation": activation, "shape": [None, units] if last else [None, steps, units], **settings, "weights": [weight.tolist() for weight in weights]})
        naive = run(layers[-1], naive)
    assert np.allclose(naive, y[0].detach().numpy(), atol=1e-6), name
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps({"in_shape": [None, steps, inputs], "layers": layers}))
    (FOLDER / f"{name}.reference.json").write_text(json.dumps({"inputs": x[0].tolist(), "outputs": naive.tolist()}))


FOLDER.mkdir(exist_ok=True)
torch.manual_seed(1)
make("gru", 3, [(nn.Linear(3, 4), "tanh", "time-distributed-dense"), (nn.GRU(4, 5), "tanh", None), (nn.Linear(5, 4), "elu", None), (nn.Linear(4, 2, bias=False), "", None)])
make("lstm", 1, [(nn.LSTM(1, 6), "tanh", None), (nn.Linear(6, 3), "softmax", None)], steps=STEPS)
make("conv", 2, [(nn.Linear(2, 4), "", None), (None, "sigmoid", None), (nn.Conv1d(4, 6, 3, dilation=2), "relu", None), (nn.BatchNorm1d(6, eps=0.01), "", None), (nn.Conv1d(6, 6, 2, groups=3), "tanh", None), (nn.BatchNorm1d(6, eps=5.0, affine=False), "", None), (nn.Linear(6, 1), "", None)])
make("last", 2, [(nn.GRU(2, 4), "tanh", None), (nn.Linear(4, 2), "", None)], steps=STEPS, last=True)
