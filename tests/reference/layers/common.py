"""Networks that PyTorch runs and trains in double precision. The script of each kind of layer writes its own to tests/GenNet.Tests/Layers.

Tensors have the names of an nn.Sequential of the same modules, a residual connection counting as one. Every initial value is a float32.
"""
import copy
import json
import pathlib

import torch
from torch import nn
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[2] / "GenNet.Tests" / "Layers"
STEPS = [1, 2, 10]
TOLERANCE = 4e-6

ACTIVATIONS = {"Softmax": lambda: nn.Softmax(-1), "Tanh": nn.Tanh, "ReLU": nn.ReLU, "Sigmoid": nn.Sigmoid, "GELU": nn.GELU, "SiLU": nn.SiLU, "ELU": nn.ELU}


class Residual(nn.Module):
    """Marks a residual connection around the last so many layers."""

    def __init__(self, back):
        super().__init__()
        self.back = back


class Projected:
    """A residual connection whose input goes through the layer that it is."""

    def around(self, back):
        self.back = back
        return self


class ProjectedDense(Projected, nn.Linear):
    pass


class ProjectedConv(Projected, nn.Conv2d):
    pass


class Along:
    """A layer along the steps of [samples, features, steps]."""


class Head(nn.Module):
    """Begins a head: the layers behind it take what those before the first head give."""

    def __init__(self, name, loss, weight):
        super().__init__()
        self.name, self.loss, self.weight = name, loss, weight


class Network(nn.Module):
    """layers: (attribute without its activation, module, activation). With heads, each branch is a module of its own: the trunk, and one of each head's name."""

    def __init__(self, layers):
        super().__init__()
        self.modules_of_layers, self.branches, index, owner = [], [(None, [])], 0, self
        if any(isinstance(module, Head) for _, module, _ in layers):
            owner = nn.Module()
            self.add_module("trunk", owner)
        for _, module, activation in layers:
            if isinstance(module, Head):
                owner, index = nn.Module(), 0
                self.add_module(module.name, owner)
                self.branches.append((module, []))
                continue
            owner.add_module(str(index), module)
            index += 1
            act = None
            if activation is not None:
                act = ACTIVATIONS[activation]()
                owner.add_module(str(index), act)
                index += 1
            self.modules_of_layers.append((module, act))
            self.branches[-1][1].append((module, act))

    @staticmethod
    def through(values, layers):
        for module, act in layers:
            if isinstance(module, (Residual, Projected)):
                around = values[-1 - module.back]
                z = values[-1] + (module(around) if isinstance(module, Projected) else around)
            else:
                z = module(values[-1])
            values.append(z if act is None else act(z))
        return values

    def forward(self, x):
        # Images come as [samples, height, width, channels], sequences as [samples, steps, features].
        goes_along = any(isinstance(module, Along) for module, _ in self.modules_of_layers)
        trunk = self.through([x.permute(0, 3, 1, 2) if x.dim() == 4 else x.transpose(1, 2) if goes_along else x], self.branches[0][1])
        if len(self.branches) == 1:
            return trunk[-1].flatten(1) if trunk[-1].dim() == 4 else trunk[-1]
        ends = [self.through(list(trunk), layers)[-1] for _, layers in self.branches[1:]]
        self.widths = [end.shape[-1] for end in ends]
        return torch.cat(ends, -1)

    def loss_of_heads(self, outputs, y):
        """The sum of the heads' losses, each times its weight."""
        columns = zip(self.branches[1:], outputs.split(self.widths, -1), y.split(self.widths, -1))
        return sum(head.weight * LOSSES[head.loss](output, target) for (head, _), output, target in columns)

    def targets_of_heads(self, samples):
        """Probabilities for a cross-entropy, numbers for others."""
        return torch.cat([torch.randn(samples, width).softmax(-1) if head.loss == "CrossEntropy" else torch.rand(samples, width)
                          for (head, _), width in zip(self.branches[1:], self.widths)], -1)


def dense(inputs, units, activation=None):
    return (f"Dense({units}", nn.Linear(inputs, units), activation)


def batch_norm(units, activation=None, momentum=0.1, eps=1e-5):
    settings = ("" if momentum == 0.1 else f", Momentum = {momentum}") + ("" if eps == 1e-5 else f", Epsilon = {eps}")
    return ("BatchNorm(" + settings, nn.BatchNorm1d(units, eps=eps, momentum=momentum), activation)


def layer_norm(units, activation=None, eps=1e-5):
    return ("LayerNorm(" + ("" if eps == 1e-5 else f", Epsilon = {eps}"), nn.LayerNorm(units, eps=eps), activation)


def residual(back, activation=None):
    return (f"Residual({back}", Residual(back), activation)


def projected(back, inputs, units, activation=None):
    return (f"Residual({back}, Projection = true", ProjectedDense(inputs, units).around(back), activation)


def projected_image(back, channels, filters, activation=None, stride=1):
    return (f"Residual({back}, Projection = true", ProjectedConv(channels, filters, 1, stride=stride).around(back), activation)


class StepsNorm(nn.BatchNorm1d):
    """Batch normalisation of the features of [samples, steps, features]."""

    def forward(self, x):
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


def steps_norm(units, activation=None):
    return ("BatchNorm(", StepsNorm(units), activation)


class Pixels:
    """A layer that works on the channels of each pixel of [samples, channels, height, width]."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class PixelsDense(Pixels, nn.Linear):
    pass


class PixelsLayerNorm(Pixels, nn.LayerNorm):
    pass


def pixels_dense(inputs, units, activation=None):
    return (f"Dense({units}", PixelsDense(inputs, units), activation)


def pixels_layer_norm(units, activation=None):
    return ("LayerNorm(", PixelsLayerNorm(units), activation)


def image_norm(units, activation=None):
    return ("BatchNorm(", nn.BatchNorm2d(units), activation)


def same(size, kernel, stride, dilation=1):
    """Pixels before and behind that make ⌈size/stride⌉ outputs."""
    total = max(0, (-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2


class Padded(nn.Module):
    """Pads as much as `same` says, with a value."""

    def pad(self, x, kernel, stride, dilation=1, value=0.0):
        top, bottom = same(x.shape[2], kernel[0], stride, dilation)
        left, right = same(x.shape[3], kernel[1], stride, dilation)
        return F.pad(x, (left, right, top, bottom), value=value)


class SameConv(nn.Conv2d, Padded):
    def forward(self, x):
        return super().forward(self.pad(x, self.kernel_size, self.stride[0], self.dilation[0]))


def settings_text(**settings):
    return "".join(f", {name} = {value}" for name, value in settings.items() if value is not None)


def sides(name, value, usual, both=""):
    """A setting of both sides, or of each."""
    if value == usual:
        return {}
    return {f"{name}Height": value[0], f"{name}Width": value[1]} if isinstance(value, tuple) else {name + both: value}


def conv(inputs, filters, kernel, activation=None, stride=1, dilation=1, padding=0, groups=1, kind="Conv2D"):
    """stride, dilation: a number, or one for rows and one for columns; padding: the same, or "Same"."""
    size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    module = (SameConv if padding == "Same" else nn.Conv2d)(
        inputs, filters, size, stride=stride, dilation=dilation, padding=0 if padding == "Same" else padding, groups=groups)
    text = (f"{kind}({filters}; " if kind == "Conv2D" else f"{kind}(") + str(size[0]) + (f"; {size[1]}" if isinstance(kernel, tuple) else "")
    return (text + settings_text(
        **sides("Stride", stride, 1), **sides("Dilation", dilation, 1), Padding="Padding.Same" if padding == "Same" else None,
        **sides("Padding", 0 if padding == "Same" else padding, 0, "Size"), Groups=groups if groups > 1 and kind == "Conv2D" else None), module, activation)


def depthwise_conv(channels, kernel, activation=None, **settings):
    return conv(channels, channels, kernel, activation, groups=channels, kind="DepthwiseConv2D", **settings)


def conv_transpose(inputs, filters, kernel, activation=None, stride=1, dilation=1, padding=0, output_padding=0):
    size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    module = nn.ConvTranspose2d(inputs, filters, size, stride=stride, dilation=dilation, padding=padding, output_padding=output_padding)
    text = f"Conv2DTranspose({filters}; {size[0]}" + (f"; {size[1]}" if isinstance(kernel, tuple) else "")
    return (text + settings_text(
        Stride=None if stride == 1 else stride, Dilation=None if dilation == 1 else dilation,
        PaddingSize=padding or None, OutputPadding=output_padding or None), module, activation)


class SameMaxPool(Padded):
    def __init__(self, size, stride):
        super().__init__()
        self.size, self.stride = size, stride

    def forward(self, x):
        return F.max_pool2d(self.pad(x, self.size, self.stride, value=float("-inf")), self.size, self.stride)


class AveragePool(Padded):
    """Padding in words or numbers; the mean of the image's own pixels, or of all."""

    def __init__(self, size, stride, padding, counts):
        super().__init__()
        self.size, self.stride, self.padding, self.counts = size, stride, padding, counts

    def forward(self, x):
        def mean(values):
            if self.padding == "Same":
                return F.avg_pool2d(self.pad(values, self.size, self.stride), self.size, self.stride)
            return F.avg_pool2d(values, self.size, self.stride, self.padding, count_include_pad=True)
        return mean(x) if self.counts else mean(x) / mean(torch.ones_like(x))


def pool_text(kind, size, stride, padding, **more):
    sizes = f"{size[0]}" if size[0] == size[1] else f"{size[0]}; {size[1]}"
    return f"{kind}({sizes}" + settings_text(
        Stride=None if stride == size[0] else stride, Padding="Padding.Same" if padding == "Same" else None,
        PaddingSize=padding if padding not in (0, "Same") else None, **more)


def pool_size(size, stride):
    size = size if isinstance(size, tuple) else (size, size)
    return size, size[0] if stride is None else stride


def max_pool(size, stride=None, padding=0):
    size, stride = pool_size(size, stride)
    return (pool_text("MaxPool2D", size, stride, padding), SameMaxPool(size, stride) if padding == "Same" else nn.MaxPool2d(size, stride, padding), None)


def average_pool(size, stride=None, padding=0, counts=False):
    size, stride = pool_size(size, stride)
    return (pool_text("AveragePool2D", size, stride, padding, CountsPadding="true" if counts else None), AveragePool(size, stride, padding, counts), None)


def zero_padding(top, bottom, left, right):
    sides = f"{top}" if top == bottom == left == right else f"{top}; {bottom}; {left}; {right}"
    return (f"ZeroPadding2D({sides}", nn.ZeroPad2d((left, right, top, bottom)), None)


def up_sampling(size, mode="nearest"):
    height, width = size if isinstance(size, tuple) else (size, size)
    module = nn.Upsample(scale_factor=(height, width), mode=mode, **({} if mode == "nearest" else {"align_corners": False}))
    sizes = f"{height}" if height == width else f"{height}; {width}"
    return (f"UpSampling2D({sizes}" + ("" if mode == "nearest" else ", Interpolation = Interpolation.Bilinear"), module, None)


class Conv1d(Along, nn.Conv1d):
    pass


class SameConv1d(Conv1d):
    def forward(self, x):
        return super().forward(F.pad(x, same(x.shape[2], self.kernel_size[0], self.stride[0], self.dilation[0])))


class CausalConv1d(Conv1d):
    def forward(self, x):
        return super().forward(F.pad(x, ((self.kernel_size[0] - 1) * self.dilation[0], 0)))


def conv1d(inputs, filters, kernel, activation=None, stride=1, dilation=1, padding=0, groups=1):
    module = {"Same": SameConv1d, "Causal": CausalConv1d}.get(padding, Conv1d)(
        inputs, filters, kernel, stride=stride, dilation=dilation, padding=0 if isinstance(padding, str) else padding, groups=groups)
    return (f"Conv1D({filters}; {kernel}" + settings_text(
        **sides("Stride", stride, 1), **sides("Dilation", dilation, 1), Padding="Padding.Same" if padding == "Same" else None,
        **sides("Padding", 0 if isinstance(padding, str) else padding, 0, "Size"), Causal="true" if padding == "Causal" else None, Groups=groups if groups > 1 else None), module, activation)


class ProjectedConv1d(Projected, Conv1d):
    pass


def projected_steps(back, inputs, filters, activation=None, stride=1):
    return (f"Residual({back}, Projection = true", ProjectedConv1d(inputs, filters, 1, stride=stride).around(back), activation)


class Steps:
    """A layer that works on the features of each step of [samples, features, steps]."""

    def forward(self, x):
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


class StepsDense(Steps, nn.Linear):
    pass


class StepsLayerNorm(Steps, nn.LayerNorm):
    pass


def along_dense(inputs, units, activation=None):
    return (f"Dense({units}", StepsDense(inputs, units), activation)


def along_layer_norm(units, activation=None):
    return ("LayerNorm(", StepsLayerNorm(units), activation)


class Pool1d(Along, nn.Module):
    """The largest or the mean of each window; padding in words or numbers, which counts in a mean or not."""

    def __init__(self, is_max, size, stride, padding, counts=False):
        super().__init__()
        self.is_max, self.size, self.stride, self.padding, self.counts = is_max, size, stride, padding, counts

    def forward(self, x):
        around = same(x.shape[2], self.size, self.stride) if self.padding == "Same" else (self.padding, self.padding)

        def mean(values):
            return F.avg_pool1d(F.pad(values, around), self.size, self.stride)
        if self.is_max:
            return F.max_pool1d(F.pad(x, around, value=float("-inf")), self.size, self.stride)
        return mean(x) if self.counts else mean(x) / mean(torch.ones_like(x))


def max_pool1d(size, stride=None, padding=0):
    stride = stride or size
    return (pool_text("MaxPool1D", (size, size), stride, padding), Pool1d(True, size, stride, padding), None)


def average_pool1d(size, stride=None, padding=0, counts=False):
    stride = stride or size
    return (pool_text("AveragePool1D", (size, size), stride, padding, CountsPadding="true" if counts else None), Pool1d(False, size, stride, padding, counts), None)


class Global(nn.Module):
    def __init__(self, reduce):
        super().__init__()
        self.reduce = reduce

    def forward(self, x):
        return self.reduce(x)


def global_average_pool():
    return ("GlobalAveragePool2D(", Global(lambda x: x.mean((2, 3))), None)


def global_max_pool():
    return ("GlobalMaxPool2D(", Global(lambda x: x.amax((2, 3))), None)


class GlobalAlong(Along, Global):
    pass


def global_average_pool1d():
    return ("GlobalAveragePool1D(", GlobalAlong(lambda x: x.mean(2)), None)


def global_max_pool1d():
    return ("GlobalMaxPool1D(", GlobalAlong(lambda x: x.amax(2)), None)


class Recurrent:
    """The states of all steps of [samples, steps, features]."""

    def forward(self, x):
        return super().forward(x)[0]


class GRU(Recurrent, nn.GRU):
    pass


class ResetBeforeGRU(nn.GRU):
    """A GRU whose reset gate works on the state before its product with the weights of the third gate."""

    def direction(self, x, suffix):
        w, u, b, c = (getattr(self, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        units, h, states = self.hidden_size, x.new_zeros(x.shape[0], self.hidden_size), []
        for step in range(x.shape[1]):
            xr, xz, xn = F.linear(x[:, step], w, b).chunk(3, 1)
            hr, hz = F.linear(h, u[:2 * units], c[:2 * units]).chunk(2, 1)
            z, n = torch.sigmoid(xz + hz), torch.tanh(xn + F.linear(torch.sigmoid(xr + hr) * h, u[2 * units:], c[2 * units:]))
            h = (1 - z) * n + z * h
            states.append(h)
        return torch.stack(states, 1)

    def forward(self, x):
        forward = self.direction(x, "")
        return torch.cat([forward, self.direction(x.flip(1), "_reverse").flip(1)], 2) if self.bidirectional else forward


class LSTM(Recurrent, nn.LSTM):
    pass


class SimpleRNN(Recurrent, nn.RNN):
    pass


class StepsGRU(Steps, GRU):
    pass


class StepsResetBeforeGRU(Steps, ResetBeforeGRU):
    pass


class StepsLSTM(Steps, LSTM):
    pass


class StepsSimpleRNN(Steps, SimpleRNN):
    pass


def both(bidirectional):
    return ", Bidirectional = true" if bidirectional else ""


def gru(inputs, units, along=False, bidirectional=False):
    return (f"GRU({units}{both(bidirectional)}", (StepsGRU if along else GRU)(inputs, units, batch_first=True, bidirectional=bidirectional), None)


def gru_reset_before(inputs, units, along=False, bidirectional=False):
    module = (StepsResetBeforeGRU if along else ResetBeforeGRU)(inputs, units, batch_first=True, bidirectional=bidirectional)
    return (f"GRU({units}, ResetAfter = false{both(bidirectional)}", module, None)


def lstm(inputs, units, along=False, bidirectional=False):
    return (f"LSTM({units}{both(bidirectional)}", (StepsLSTM if along else LSTM)(inputs, units, batch_first=True, bidirectional=bidirectional), None)


def simple_rnn(inputs, units, nonlinearity="tanh", along=False, bidirectional=False):
    settings = "" if nonlinearity == "tanh" else ", Nonlinearity = Nonlinearity.ReLU"
    module = (StepsSimpleRNN if along else SimpleRNN)(inputs, units, nonlinearity=nonlinearity, batch_first=True, bidirectional=bidirectional)
    return (f"SimpleRNN({units}{settings}{both(bidirectional)}", module, None)


class Embedding(nn.Embedding):
    """Puts the row that a feature of [..., features] is the index of in the feature's place."""

    def __init__(self, count, size, feature):
        super().__init__(count, size)
        self.feature = feature

    def forward(self, x):
        return torch.cat([x[..., :self.feature], super().forward(x[..., self.feature].long()), x[..., self.feature + 1:]], -1)


class StepsEmbedding(Steps, Embedding):
    pass


def embedding(count, size, feature=0, along=False):
    return (f"Embedding({count}, {size}" + settings_text(Feature=feature or None), (StepsEmbedding if along else Embedding)(count, size, feature), None)


def indices(layers, features):
    """The features of a sample that are indices, and of how many things: those that embeddings take before any other layer."""
    found, left = [], list(range(features))
    for _, module, _ in layers:
        if not isinstance(module, Embedding):
            break
        found.append((left[module.feature], module.num_embeddings))
        left[module.feature:module.feature + 1] = [None] * module.embedding_dim
    return found


def last_step(along=False):
    return ("LastStep(", Global((lambda x: x[:, :, -1]) if along else (lambda x: x[:, -1])), None)


def mean_of_steps():
    return ("GlobalAveragePool1D(", Global(lambda x: x.mean(1)), None)


def max_of_steps():
    return ("GlobalMaxPool1D(", Global(lambda x: x.amax(1)), None)


class FlattenSteps(nn.Module):
    """Step by step, as networks give outputs."""

    def forward(self, x):
        return x.transpose(1, 2).flatten(1)


def flatten_steps():
    return ("Flatten(", FlattenSteps(), None)


def flatten():
    return ("Flatten(", nn.Flatten(), None)


class FlattenPixels(nn.Module):
    """Pixel by pixel, as networks give outputs."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def flatten_pixels():
    return ("Flatten(", FlattenPixels(), None)


def head(name, loss, weight=1):
    return (f'Head("{name}", Loss = Loss.{loss}' + ("" if weight == 1 else f", Weight = {weight}"), Head(name, loss, weight), None)


def dropout(rate):
    return (f"Dropout({rate}", nn.Dropout(rate), None)


def attribute(layer):
    text, _, activation = layer
    head, _, settings = text.partition(",")
    arguments = [head[head.index("(") + 1:].strip()] if head[head.index("(") + 1:].strip() else []
    if activation is not None:
        arguments.append(f"Activation.{activation}")
    if settings:
        arguments.append(settings.strip())
    return f"[{head[:head.index('(')]}({', '.join(arguments)})]".replace("()", "").replace(";", ",")


LOSSES = {"CrossEntropy": F.cross_entropy, "MeanSquaredError": F.mse_loss, "BinaryCrossEntropy": F.binary_cross_entropy_with_logits, "Huber": F.huber_loss}


def loss_of(network, loss):
    return network.loss_of_heads if loss is None else LOSSES[loss]


def tensors(network):
    return {name: value.detach().double().reshape(-1).tolist() for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")}


def numbers(tensor):
    return tensor.detach().double().reshape(-1).tolist()


def named_gradients(network):
    return {name: numbers(p.grad) for name, p in network.named_parameters() if p.grad is not None}


def optimizer_of(network, optimizer):
    kind, rate = optimizer
    # ε is small beside gradients that float32 can tell from zero.
    return torch.optim.SGD(network.parameters(), rate) if kind == "Sgd" else torch.optim.Adam(network.parameters(), rate, eps=1e-3)


def outside(initial, x, gradient, training, dtype):
    """The gradients of a loss whose derivative by the outputs is given."""
    network = copy.deepcopy(initial).to(dtype).train(training)
    x = x.to(dtype).clone().requires_grad_()
    outputs = network(x)
    outputs.backward(gradient.to(dtype))
    return dict(outputs=numbers(outputs), inputs=numbers(x.grad), gradients=named_gradients(network))


def frozen(initial, x, y, loss, optimizer, dtype):
    """What two steps make of the tensors where every second layer that has parameters is frozen, from the first on, with its statistics."""
    network = copy.deepcopy(initial).to(dtype).train()
    modules = [module for module, _ in network.modules_of_layers if any(True for _ in module.parameters())]
    for module in modules[::2]:
        module.eval().requires_grad_(False)
    step = optimizer_of(network, optimizer)
    if all(not p.requires_grad for p in network.parameters()):
        return tensors(network)
    for _ in range(2):
        step.zero_grad()
        loss_of(network, loss)(network(x.to(dtype)), y if y.dtype == torch.int64 else y.to(dtype)).backward()
        step.step()
    return tensors(network)


def run(initial, x, y, gradient, loss, optimizer, dtype):
    given = {f"outside{mode}{name[0].upper()}{name[1:]}": value
             for mode in ["Training", "Inference"] for name, value in outside(initial, x, gradient, mode == "Training", dtype).items()}
    given["frozenAfter2"] = frozen(initial, x, y, loss, optimizer, dtype)
    network = copy.deepcopy(initial).to(dtype)
    x, y = x.to(dtype).clone().requires_grad_(), y if y.dtype == torch.int64 else y.to(dtype)
    step = optimizer_of(network, optimizer)
    network.eval()
    result = dict(outputs=network(x).detach().double().reshape(-1).tolist(), losses=[])
    network.train()
    for number in range(1, max(STEPS) + 1):
        value = loss_of(network, loss)(network(x), y)
        step.zero_grad()
        value.backward()
        result["losses"].append(value.item())
        if number == 1:
            result["gradients"] = named_gradients(network)
            result["inputGradients"] = numbers(x.grad)
        step.step()
        if number in STEPS:
            result[f"after{number}"] = tensors(network)
    network.eval()
    result["trainedOutputs"] = network(x).detach().double().reshape(-1).tolist()
    return result | given


def rounded(value):
    """Ten digits: more than any comparison needs."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [float(f"{item:.10g}") for item in value]


def follows(exact, single):
    """Whether float32 comes to the same results, tensor by tensor."""
    for key, value in exact.items():
        groups = value.items() if isinstance(value, dict) else [(key, value)]
        for name, numbers in groups:
            other = single[key][name] if isinstance(value, dict) else single[key]
            # A bias before a batch normalisation has no gradient but rounding errors.
            scale = max(max(abs(n) for n in numbers), 0.1)
            if any(abs(n - o) > TOLERANCE * scale for n, o in zip(numbers, other)):
                return False
    return True


def declaration(shape, loss):
    arguments = ([] if len(shape) > 1 else [str(shape[0])]) + ([] if loss is None else [f"Loss = Loss.{loss}"])
    return f"[Network({', '.join(arguments)})] ".replace("()", "") + {1: "", 2: "[Sequence({})] ", 3: "[Image({})] "}[len(shape)].format(", ".join(map(str, shape)))


def write(kind, cases):
    """Writes the references of a kind of layer. cases: (seed, name, inputs or steps and features, layers, loss or None for those of heads, batch, optimiser)."""
    directory = DIRECTORY / kind
    directory.mkdir(exist_ok=True)
    for seed, name, inputs, layers, loss, batch, optimizer in cases:
        torch.manual_seed(seed)
        for attempt in range(1000):
            network = Network(layers)
            for p in network.parameters():
                nn.init.normal_(p, 0, p[0].numel() ** -0.5 if p.dim() > 2 else 0.5 if p.dim() > 1 else 0.3)
            for key, value in network.state_dict().items():
                if key.endswith("running_mean"):
                    value.copy_(torch.randn_like(value) * 0.3)
                if key.endswith("running_var"):
                    value.copy_(torch.rand_like(value) + 0.5)
            shape = inputs if isinstance(inputs, tuple) else (inputs,)
            x = torch.randn(batch, *shape)
            for feature, count in indices(layers, shape[-1]):
                x[..., feature] = torch.randint(count, x.shape[:-1]).float()
            shape_of_outputs = network.eval()(x).shape
            outputs = shape_of_outputs[-1]
            y = network.targets_of_heads(batch) if loss is None else torch.randint(outputs, (batch,)) if loss == "CrossEntropy" else torch.randn(shape_of_outputs)
            # A generator of its own, beside what draws the case.
            gradient = torch.randn(network.eval()(x).shape, generator=torch.Generator().manual_seed(seed))
            exact = run(network, x, y, gradient, loss, optimizer, torch.float64)
            if follows(exact, run(network, x, y, gradient, loss, optimizer, torch.float32)):
                break
        else:
            raise SystemExit(f"{name}: float32 never follows")
        case = dict(
            name=name, source=declaration(shape, loss) + " ".join(attribute(layer) for layer in layers),
            optimizer=optimizer[0], learningRate=optimizer[1], inputs=x.reshape(-1).tolist(), outputGradients=gradient.reshape(-1).tolist(), initial=tensors(network), **rounded(exact))
        case["labels" if loss == "CrossEntropy" else "targets"] = y.reshape(-1).tolist()
        (directory / f"{name}.json").write_text(json.dumps(case, separators=(",", ":")))
        print(f"{name}: draw {attempt + 1}, loss {exact['losses'][0]:.4f} to {exact['losses'][-1]:.4f}")
