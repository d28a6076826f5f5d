#!/usr/bin/env python3
"""safetensors in a few lines, to exchange models with GenNet.

    model_files.py make                            writes the samples that the tests read: tests/GenNet.Tests/Files/torch
    model_files.py run MODEL INPUTS OUTPUTS LAYERS loads MODEL into nn.Sequential(LAYERS) and writes its outputs for INPUTS
"""
import json
import pathlib
import struct
import sys

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Files" / "torch"
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64, "I64": torch.int64}


def save(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        dtype = next(key for key, value in TYPES.items() if value == tensor.dtype)
        # NumPy has no bfloat16; its bits are those of an int16.
        content = (tensor.view(torch.int16) if dtype == "BF16" else tensor).numpy().tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def load(path):
    content = pathlib.Path(path).read_bytes()
    start = 8 + struct.unpack_from("<Q", content)[0]
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(bytearray(content[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]]), dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def make():
    torch.manual_seed(7)
    model = nn.Sequential(nn.Linear(5, 20), nn.Tanh(), nn.Linear(20, 3), nn.Softmax(dim=1))
    inputs = torch.randn(8, 5)
    for name, dtype in TYPES.items():
        if not dtype.is_floating_point:
            continue
        # Every type stores the same values: those that the narrowest, bfloat16, can hold.
        state = {key: value.to(torch.bfloat16).float().to(dtype) for key, value in model.state_dict().items()}
        save(FOLDER / f"classifier.{name}.safetensors", state)
    model.load_state_dict(load(FOLDER / "classifier.F32.safetensors"))
    save(FOLDER / "expected.safetensors", {"inputs": inputs, "outputs": model(inputs)})

    # Every kind of tensor, none with its initial values, and layers that are no whole panels.
    model = nn.Sequential(nn.Linear(5, 40), nn.BatchNorm1d(40), nn.ReLU(), nn.Dropout(0.3), nn.Linear(40, 20), nn.Tanh(), nn.LayerNorm(20), nn.Linear(20, 3))
    save(FOLDER / "normalized.safetensors", {key: torch.rand_like(value) + 0.5 if value.is_floating_point() else value for key, value in model.state_dict().items()})

    # Two heads on one trunk: each branch is a module of its own.
    model = nn.ModuleDict(dict(
        trunk=nn.Sequential(nn.Linear(5, 20), nn.Tanh()),
        Policy=nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 3), nn.Softmax(dim=1)),
        Value=nn.Sequential(nn.LayerNorm(20), nn.Linear(20, 1))))
    state = {key: torch.rand_like(value) - 0.5 for key, value in model.state_dict().items()}
    model.load_state_dict(state)
    save(FOLDER / "heads.safetensors", state)
    shared = model["trunk"](inputs)
    save(FOLDER / "heads_expected.safetensors", {"inputs": inputs, "outputs": torch.cat([model["Policy"](shared), model["Value"](shared)], 1)})

    # Recurrent modules, of which one has two layers.
    model = nn.ModuleDict(dict(gru=nn.GRU(3, 6, num_layers=2, batch_first=True), lstm=nn.LSTM(6, 5, batch_first=True), rnn=nn.RNN(5, 4, nonlinearity="relu", batch_first=True), head=nn.Linear(4, 2)))
    save(FOLDER / "recurrent.safetensors", model.state_dict())
    steps = torch.randn(8, 7, 3)
    save(FOLDER / "recurrent_expected.safetensors", {"inputs": steps, "outputs": model["head"](model["rnn"](model["lstm"](model["gru"](steps)[0])[0])[0][:, -1])})


def run(model_path, inputs_path, outputs_path, layers):
    model = nn.Sequential(*eval(layers, {"nn": nn}))  # the test's own text
    model.load_state_dict(load(model_path), strict=True)
    model.eval()
    save(outputs_path, {"outputs": model(load(inputs_path)["inputs"])})


if __name__ == "__main__":
    make() if sys.argv[1:] == ["make"] else run(*sys.argv[2:])
