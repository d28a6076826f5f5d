"""Exports models from PyTorch as ONNX: torch_models.py FOLDER SEED writes NAME.onnx, a batch NAME.in and its outputs NAME.out (raw floats) for each."""
import pathlib
import sys
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")


class Residual(nn.Module):
    def __init__(self, *block):
        super().__init__()
        self.block = nn.Sequential(*block)

    def forward(self, x):
        return x + self.block(x)


class Projected(nn.Module):
    """A block and what goes around it, written in either order."""

    def __init__(self, block, around, around_first=False):
        super().__init__()
        self.block, self.around, self.around_first = nn.Sequential(*block), nn.Sequential(*around), around_first

    def forward(self, x):
        if self.around_first:
            return self.around(x) + self.block(x)
        out = self.block(x)
        out += self.around(x)
        return out


def activations():
    functions = [nn.Sigmoid(), nn.Tanh(), nn.ReLU(), nn.LeakyReLU(), nn.ELU(), nn.GELU(), nn.SiLU(), nn.Softplus(), nn.Hardsigmoid(), nn.Hardtanh()]
    layers = [module for function in functions for module in (nn.Linear(6, 6), function)]
    return nn.Sequential(*layers, nn.Linear(6, 4, bias=False), nn.Softmax(dim=1))


def normalized():
    return nn.Sequential(
        nn.Linear(5, 8), nn.BatchNorm1d(8, eps=1e-3), nn.ReLU(),
        Residual(nn.Linear(8, 8), nn.GELU(), nn.Dropout(0.3), nn.Linear(8, 8)),
        nn.LayerNorm(8), nn.Tanh(), nn.Linear(8, 3))


class Heads(nn.Module):
    """Two heads on one trunk."""

    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(5, 8), nn.Tanh())
        self.policy = nn.Sequential(nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 3), nn.Softmax(dim=1))
        self.value = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 1))

    def forward(self, x):
        shared = self.trunk(x)
        return self.policy(shared), self.value(shared)


def images():
    return nn.Sequential(
        nn.BatchNorm2d(2), nn.Conv2d(2, 4, 3, stride=2, padding=1), nn.GELU(),
        Residual(nn.Conv2d(4, 4, 3, padding=1), nn.SiLU(), nn.Conv2d(4, 4, 1, bias=False)),
        nn.AvgPool2d(2, stride=1, padding=1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3), nn.Softmax(dim=1))


def resnet():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(),
        Projected(
            [nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.Conv2d(6, 6, 3, padding=1), nn.BatchNorm2d(6)],
            [nn.Conv2d(4, 6, 1, stride=2)]), nn.ReLU(),
        Projected(
            [nn.Conv2d(6, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 1), nn.BatchNorm2d(8)],
            [nn.Conv2d(6, 8, 1, bias=False), nn.BatchNorm2d(8)], around_first=True), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        Projected([nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 6)], [nn.Linear(8, 6)]), nn.Linear(6, 3))


def lenet(norm):
    return nn.Sequential(
        nn.Conv2d(3, 6, 3, padding=1), *norm, nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 8, (3, 2)), nn.Tanh(), nn.Flatten(), nn.Linear(32, 5), nn.ReLU(), nn.Linear(5, 3))


def enlarged():
    return nn.Sequential(
        nn.ZeroPad2d((1, 0, 0, 2)), nn.Conv2d(2, 4, 2), nn.Tanh(), nn.Upsample(scale_factor=2), nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1), nn.BatchNorm2d(3), nn.ReLU(),
        nn.Upsample(scale_factor=(1, 2), mode="bilinear", align_corners=False), nn.ConvTranspose2d(3, 2, 2, bias=False), nn.GELU(), nn.ZeroPad2d(1), nn.MaxPool2d(4), nn.Flatten(), nn.Linear(64, 3))


def sequences():
    return nn.Sequential(
        nn.AvgPool1d(3, 2, 1), nn.Conv1d(3, 6, 5, padding=2), nn.BatchNorm1d(6), nn.ReLU(),
        Residual(nn.Conv1d(6, 6, 3, padding=1), nn.SiLU(), nn.ConstantPad1d((1, 2), 0.0), nn.Conv1d(6, 6, 4, bias=False)),
        nn.MaxPool1d(2), nn.ConstantPad1d((1, 1), 0.0), nn.Conv1d(6, 8, 3, stride=2), nn.Tanh(), nn.Flatten(), nn.Linear(24, 3))


class Recurrent(nn.Module):
    """A recurrent layer, or several, and what is made of its outputs; steps may come before samples."""

    def __init__(self, layer, end, linear, before=None):
        super().__init__()
        self.before, self.layer, self.end, self.linear = before, layer, end, linear

    def forward(self, x):
        if self.before is not None:
            x = self.before(x).permute((0, 2, 1) if self.layer.batch_first else (2, 0, 1))
        out, state = self.layer(x)
        return self.linear(self.end(out, state[0] if isinstance(state, tuple) else state))


class StepsMean(nn.Module):
    """A mean over steps, of which no convolution tells."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(3)
        self.linear = nn.Linear(3, 5)

    def forward(self, x):
        return self.linear(self.norm(x).mean(2))


class Mean(nn.Module):
    """Written as modules of one's own often are."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.linear = nn.Linear(4, 3)

    def forward(self, x):
        return self.linear(torch.relu(self.conv(x)).mean((2, 3)))


class Embedded(nn.Module):
    """An embedding of a feature, in one of the ways to write it."""

    def __init__(self, look_up, width, layer=None):
        super().__init__()
        self.embedding, self.look_up, self.layer, self.linear = nn.Embedding(7, 4), look_up, layer, nn.Linear(width, 2)

    def forward(self, x):
        x = self.look_up(self.embedding, x)
        return self.linear(x if self.layer is None else self.layer(x)[0][:, -1])


class Stated(nn.Module):
    """A recurrent layer whose states come from outside and go out."""

    def __init__(self, layer, end):
        super().__init__()
        self.layer, self.end, self.linear = layer, end, nn.Linear(5, 2)

    def forward(self, x, h, *c):
        out, states = self.layer(x, (h, *c) if c else h)
        return self.linear(self.end(out)), states


MODELS = {
    "mlp": (lambda: nn.Sequential(nn.Flatten(), nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3)), 5, 13),
    "activations": (activations, 6, 13),
    "normalized14": (normalized, 5, 14),
    "normalized17": (normalized, 5, 17),
    "foldable": (lambda: nn.Sequential(nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3)), 5, 9),
    "heads": (Heads, 5, 14),
    "heads_numbered": (Heads, 5, 17),
    "images": (images, (2, 6, 5), 13),
    "lenet": (lambda: lenet([]), (3, 8, 7), 17),
    "lenet_foldable": (lambda: lenet([nn.BatchNorm2d(6)]), (3, 8, 7), 9),
    "image_mean": (Mean, (1, 5, 6), 14),
    "sequences13": (sequences, (3, 20), 13),
    "sequences17": (sequences, (3, 20), 17),
    "steps_mean": (StepsMean, (3, 20), 14),
    "enlarged": (enlarged, (2, 3, 4), 11),
    "enlarged17": (enlarged, (2, 3, 4), 17),
    "resnet": (resnet, (3, 7, 6), 13),
    "gru": (lambda: Recurrent(nn.GRU(3, 5, batch_first=True), lambda out, state: out[:, -1], nn.Linear(5, 2)), (7, 3), 13),
    "gru_steps_first": (lambda: Recurrent(nn.GRU(3, 5), lambda out, state: out[-1], nn.Linear(5, 2)), (7, 3), 17),
    "gru_state": (lambda: Recurrent(nn.GRU(3, 5, bias=False, batch_first=True), lambda out, state: state.squeeze(0), nn.Linear(5, 2)), (7, 3), 9),
    "lstm": (lambda: Recurrent(nn.LSTM(3, 5, num_layers=2, batch_first=True), lambda out, state: state[-1], nn.Linear(5, 2)), (7, 3), 14),
    "lstm_steps_first": (lambda: Recurrent(nn.LSTM(3, 5, num_layers=2), lambda out, state: out[-1, :, :], nn.Linear(5, 2)), (7, 3), 11),
    "lstm_mean": (lambda: Recurrent(nn.LSTM(3, 5, batch_first=True), lambda out, state: out.mean(1), nn.Linear(5, 2)), (7, 3), 17),
    "rnn": (lambda: Recurrent(nn.RNN(3, 5, batch_first=True), lambda out, state: out, nn.Linear(5, 2)), (7, 3), 13),
    "rnn_steps_first": (lambda: Recurrent(nn.RNN(3, 5), lambda out, state: out, nn.Linear(5, 2)), (7, 3), 14),
    "rnn_relu": (lambda: Recurrent(nn.RNN(3, 5, num_layers=2, nonlinearity="relu", batch_first=True), lambda out, state: out[:, -1, :], nn.Linear(5, 2)), (7, 3), 17),
    "conv_gru": (lambda: Recurrent(nn.GRU(6, 5, batch_first=True), lambda out, state: out[:, -1], nn.Linear(5, 2), nn.Sequential(nn.Conv1d(3, 6, 3, padding=1), nn.ReLU())), (3, 9), 13),
    "conv_lstm_steps_first": (lambda: Recurrent(nn.LSTM(6, 5), lambda out, state: state[-1], nn.Linear(5, 2), nn.Sequential(nn.Conv1d(3, 6, 3, padding=1), nn.ReLU())), (3, 9), 17),
    "embedding": (lambda: Embedded(lambda e, x: torch.cat([x[:, :1], e(x[:, 1].long()), x[:, 2:]], 1), 6), (3,), 13),
    "embedding_alone": (lambda: Embedded(lambda e, x: e(x[:, 0].int()), 4), (1,), 17),
    "embedding_squeezed": (lambda: Embedded(lambda e, x: e(x.long()).squeeze(1), 4), (1,), 14),
    "embedding_flattened": (lambda: Embedded(lambda e, x: e(x.long()).flatten(1), 4), (1,), 11),
    "embedding_of_numbers": (lambda: Embedded(lambda e, x: e(x), 5, nn.GRU(4, 5, batch_first=True)), (6,), 14),
    "embedding_of_steps": (lambda: Embedded(lambda e, x: e(x.long()).squeeze(2), 5, nn.GRU(4, 5, batch_first=True)), (6, 1), 13),
    "gru_states": (lambda: Stated(nn.GRU(3, 5, num_layers=2, batch_first=True), lambda out: out), (7, 3), 14),
    "lstm_states_steps_first": (lambda: Stated(nn.LSTM(3, 5), lambda out: out[-1]), (7, 3), 17),
}

OUTPUT_NAMES = {"heads": ["policy", "value"]}


def randomize(module):
    """Parameters that start as zeros and ones get values that a mistake shows with."""
    if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)):
        for parameter in module.parameters():
            nn.init.uniform_(parameter, 0.5, 1.5)
    if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
        nn.init.normal_(module.running_mean)
        nn.init.uniform_(module.running_var, 0.5, 2)


folder = pathlib.Path(sys.argv[1])
torch.manual_seed(int(sys.argv[2]))
for name, (create, inputs, opset) in MODELS.items():
    model = create().apply(randomize).eval()
    batch = 2 * torch.randn(16, *(inputs if isinstance(inputs, tuple) else [inputs]))
    samples = 1 if isinstance(model, (Recurrent, Stated)) and getattr(model, "before", None) is None and not model.layer.batch_first else 0
    if isinstance(model, Embedded):
        batch = torch.randint(7, batch.shape) + 0.0 if batch.shape[-1] != 3 else torch.cat([batch[:, :1], torch.randint(7, (16, 1)), batch[:, 2:]], 1)
    taken = batch.transpose(0, samples).contiguous()
    arguments = (taken.long() if name == "embedding_of_numbers" else taken,)
    if isinstance(model, Stated):
        arguments += (torch.zeros(model.layer.num_layers, 16, 5),) * (2 if isinstance(model.layer, nn.LSTM) else 1)
    torch.onnx.export(model, arguments, str(folder / f"{name}.onnx"), opset_version=opset, input_names=["x"], output_names=OUTPUT_NAMES.get(name), dynamic_axes={"x": {samples: "batch"}})
    (folder / f"{name}.in").write_bytes(batch.numpy().tobytes())
    outputs = model(*arguments)
    if isinstance(model, Stated):
        outputs = outputs[0]
    outputs = torch.cat(outputs, 1) if isinstance(outputs, tuple) else outputs
    outputs = outputs.transpose(0, samples) if outputs.dim() == 3 else outputs
    (folder / f"{name}.out").write_bytes(outputs.detach().contiguous().numpy().tobytes())
