// A network of images whose layers are oneDNN's primitives: onednn_peer FILE. Each convolution chooses the layout of its images; batch norm and ReLU are part of the layer before.
#include <cstring>
#include <dnnl.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>
#include "peer.h"
#if DNNL_VERSION_MAJOR != 2
#error "written for oneDNN 2"
#endif

using dnnl::memory;
using Dims = memory::dims;
using Format = memory::format_tag;

static constexpr auto Float = memory::data_type::f32;

// One layer of a schema such as "Conv2D 28×28×1→24×24×6 5×5 ReLU".
struct Described {
    std::string kind;
    Dims taken, given;
    std::vector<std::string> words;

    explicit Described(const std::string& text) {
        std::istringstream stream(text);
        std::string shapes, word;
        stream >> kind >> shapes;
        taken = numbers(shapes.substr(0, shapes.find('>')));
        given = numbers(shapes.substr(shapes.find('>') + 1));
        while (stream >> word)
            words.push_back(word);
    }

    bool has(const std::string& word) const { return std::find(words.begin(), words.end(), word) != words.end(); }

    Dims pair(const std::string& name, int usual) const {
        auto at = std::find(words.begin(), words.end(), name);
        if (at == words.end())
            return {usual, usual};
        Dims values = numbers(*(at + 1));
        return {values.front(), values.back()};
    }

    static Dims numbers(std::string text) {
        std::replace_if(text.begin(), text.end(), [](char c) { return c == 'x' || c == ','; }, ' ');
        std::istringstream stream(text);
        Dims values;
        for (memory::dim value; stream >> value;)
            values.push_back(value);
        return values;
    }
};

static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (size_t at; (at = text.find(from)) != std::string::npos;)
        text.replace(at, from.size(), to);
    return text;
}

static std::vector<Described> described(const std::string& schema) {
    std::string text = replaced(replaced(schema, "×", "x"), "→", ">");
    std::vector<Described> layers;
    for (size_t at = 0; at < text.size();) {
        size_t end = at;
        do
            end = std::min(text.find(", ", end + 1), text.size());
        while (end < text.size() && !std::isupper(text[end + 2]));
        layers.emplace_back(text.substr(at, end - at));
        at = end + 2;
    }
    return layers;
}

struct Network {
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
    std::vector<std::pair<dnnl::primitive, std::unordered_map<int, memory>>> steps;
    memory value;
    const float* rest;
    std::vector<float> result;

    explicit Network(const Workload& workload) : rest(workload.parameters.data()) {
        std::vector<Described> layers = described(workload.schema);
        const Dims& image = layers[0].taken;
        value = memory({{workload.samples, image[2], image[0], image[1]}, Float, Format::nhwc}, engine, const_cast<float*>(workload.inputs.data()));
        for (size_t l = 0; l < layers.size(); l++) {
            const Described& layer = layers[l];
            if (layer.kind == "Conv2D") {
                const bool folds = l + 1 < layers.size() && layers[l + 1].kind == "BatchNorm";
                convolve(layer, folds ? &layers[l + 1] : nullptr);
                l += folds;
            } else if (layer.kind == "MaxPool2D" || layer.kind == "AveragePool2D") {
                pool(layer);
            } else if (layer.kind == "Dense") {
                multiply(layer);
            } else if (layer.kind != "Flatten") {
                std::fprintf(stderr, "error: no primitive for %s\n", layer.kind.c_str());
                std::exit(1);
            }
        }
        const Dims dims = value.get_desc().dims();
        result.resize(dims[0] * dims[1]);
        memory output({dims, Float, Format::nc}, engine, result.data());
        add(dnnl::reorder(value, output), {{DNNL_ARG_FROM, value}, {DNNL_ARG_TO, output}});
    }

    const float* outputs() const { return result.data(); }

    void forward() {
        for (auto& step : steps)
            step.first.execute(stream, step.second);
        stream.wait();
    }

private:
    void add(dnnl::primitive primitive, std::unordered_map<int, memory> arguments) { steps.emplace_back(std::move(primitive), std::move(arguments)); }

    std::vector<float> take(size_t count) {
        std::vector<float> values(rest, rest + count);
        rest += count;
        return values;
    }

    // The values in a layout, which a primitive wants.
    memory in(const memory::desc& desc, const memory& from) {
        if (from.get_desc() == desc)
            return from;
        memory to(desc, engine);
        add(dnnl::reorder(from, to), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
        return to;
    }

    memory constant(const memory::desc& wanted, const memory::desc& have, std::vector<float>& values) {
        memory from(have, engine, values.data()), to(wanted, engine);
        dnnl::reorder(from, to).execute(stream, from, to);
        stream.wait();
        return to;
    }

    static dnnl::primitive_attr rectified(bool applies) {
        dnnl::primitive_attr attributes;
        dnnl::post_ops operations;
        if (applies)
            operations.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        attributes.set_post_ops(operations);
        return attributes;
    }

    void convolve(const Described& layer, const Described* norm) {
        const Dims size = Described::numbers(layer.words[0]), stride = layer.pair("stride", 1), dilation = layer.pair("dilation", 1), before = layer.pair("padding", 0);
        const memory::dim groups = layer.pair("groups", 1)[0], channels = layer.taken[2], filters = layer.given[2];
        Dims behind(2), spread(2);
        for (int i = 0; i < 2; i++) {
            behind[i] = std::max<memory::dim>(0, (layer.given[i] - 1) * stride[i] + (size[i] - 1) * dilation[i] + 1 - layer.taken[i] - before[i]);
            spread[i] = dilation[i] - 1;
        }
        const size_t depth = channels / groups * size[0] * size[1];
        std::vector<float> weights = take(filters * depth), biases = take(filters);
        if (norm) {
            std::vector<float> scales = take(filters), shifts = take(filters), means = take(filters), variances = take(filters);
            for (memory::dim f = 0; f < filters; f++) {
                const float factor = scales[f] / std::sqrt(variances[f] + 1e-5f);
                for (size_t k = 0; k < depth; k++)
                    weights[f * depth + k] *= factor;
                biases[f] = (biases[f] - means[f]) * factor + shifts[f];
            }
        }
        const memory::dim samples = value.get_desc().dims()[0];
        const Dims shape = groups == 1 ? Dims{filters, channels, size[0], size[1]} : Dims{groups, filters / groups, channels / groups, size[0], size[1]};
        const memory::desc x({samples, channels, layer.taken[0], layer.taken[1]}, Float, Format::any), y({samples, filters, layer.given[0], layer.given[1]}, Float, Format::any);
        const dnnl::convolution_forward::desc description(
            dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_auto, x, {shape, Float, Format::any}, {{filters}, Float, Format::x}, y, stride, spread, before, behind);
        const dnnl::convolution_forward::primitive_desc chosen(description, rectified((norm ? *norm : layer).has("ReLU")), engine);
        memory to(chosen.dst_desc(), engine);
        const memory::desc own(shape, Float, groups == 1 ? Format::oihw : Format::goihw);
        add(dnnl::convolution_forward(chosen), {
            {DNNL_ARG_SRC, in(chosen.src_desc(), value)}, {DNNL_ARG_WEIGHTS, constant(chosen.weights_desc(), own, weights)},
            {DNNL_ARG_BIAS, constant(chosen.bias_desc(), {{filters}, Float, Format::x}, biases)}, {DNNL_ARG_DST, to}});
        value = to;
    }

    void pool(const Described& layer) {
        const Dims size = Described::numbers(layer.words[0]), stride = layer.pair("stride", 1), before = layer.pair("padding", 0);
        Dims behind(2);
        for (int i = 0; i < 2; i++)
            behind[i] = std::max<memory::dim>(0, (layer.given[i] - 1) * stride[i] + size[i] - layer.taken[i] - before[i]);
        const memory::desc y({value.get_desc().dims()[0], layer.given[2], layer.given[0], layer.given[1]}, Float, Format::any);
        const auto algorithm = layer.kind == "MaxPool2D" ? dnnl::algorithm::pooling_max : dnnl::algorithm::pooling_avg_exclude_padding;
        const dnnl::pooling_forward::primitive_desc chosen({dnnl::prop_kind::forward_inference, algorithm, value.get_desc(), y, stride, size, before, behind}, engine);
        memory to(chosen.dst_desc(), engine);
        add(dnnl::pooling_forward(chosen), {{DNNL_ARG_SRC, value}, {DNNL_ARG_DST, to}});
        value = to;
    }

    // Behind an image the columns are those of its channels, one after the other, as files have them.
    void multiply(const Described& layer) {
        Dims x = value.get_desc().dims(), shape = x;
        shape[0] = layer.given[0];
        std::vector<float> weights = take(layer.given[0] * layer.taken[0]), biases = take(layer.given[0]);
        const dnnl::inner_product_forward::desc description(
            dnnl::prop_kind::forward_inference, {x, Float, Format::any}, {shape, Float, Format::any}, {{shape[0]}, Float, Format::x}, {{x[0], shape[0]}, Float, Format::any});
        const dnnl::inner_product_forward::primitive_desc chosen(description, rectified(layer.has("ReLU")), engine);
        memory to(chosen.dst_desc(), engine);
        const memory::desc own(shape, Float, shape.size() == 4 ? Format::oihw : Format::oi);
        add(dnnl::inner_product_forward(chosen), {
            {DNNL_ARG_SRC, in(chosen.src_desc(), value)}, {DNNL_ARG_WEIGHTS, constant(chosen.weights_desc(), own, weights)},
            {DNNL_ARG_BIAS, constant(chosen.bias_desc(), {{shape[0]}, Float, Format::x}, biases)}, {DNNL_ARG_DST, to}});
        value = to;
        if (!layer.has("Softmax"))
            return;
        const dnnl::softmax_forward::primitive_desc softmax({dnnl::prop_kind::forward_inference, value.get_desc(), 1}, engine);
        add(dnnl::softmax_forward(softmax), {{DNNL_ARG_SRC, value}, {DNNL_ARG_DST, value}});
    }
};

int main(int, char** arguments) {
    Workload workload(arguments[1]);
    Network network(workload);
    network.forward();
    printAll(network.outputs(), network.result.size());
    serve([] {}, [&] { network.forward(); });
}
