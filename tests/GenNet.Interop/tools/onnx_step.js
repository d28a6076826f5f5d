// Steps ONNX models with states: node onnx_step.js FOLDER STEPS NAME... reads NAME.onnx and its batch NAME.in [samples, steps, features], gives the model one step after the other, each with the states that the step before
// left, and writes NAME.out [steps, samples, outputs]. Numbers are raw little-endian floats.
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-node");

async function run(folder, steps, name) {
    const session = await ort.InferenceSession.create(path.join(folder, `${name}.onnx`));
    const [input, ...states] = session.inputMetadata;
    const features = input.shape[2];
    const bytes = fs.readFileSync(path.join(folder, `${name}.in`));
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const samples = values.length / (steps * features);
    const carried = {};
    for (const state of states)
        carried[state.name] = new ort.Tensor("float32", new Float32Array(samples * state.shape[2]), [1, samples, state.shape[2]]);
    const all = [];
    for (let step = 0; step < steps; step++) {
        const taken = new Float32Array(samples * features);
        for (let sample = 0; sample < samples; sample++)
            taken.set(values.subarray((sample * steps + step) * features, (sample * steps + step + 1) * features), sample * features);
        const outputs = await session.run({ [input.name]: new ort.Tensor("float32", taken, [samples, 1, features]), ...carried });
        for (const state of states)
            carried[state.name] = outputs[state.name.replace(/_0$/, "_n")];
        all.push(Buffer.from(outputs[session.outputNames[0]].data.slice().buffer));
    }
    fs.writeFileSync(path.join(folder, `${name}.out`), Buffer.concat(all));
}

(async () => {
    const [folder, steps, ...names] = process.argv.slice(2);
    for (const name of names)
        await run(folder, Number(steps), name);
})().catch(error => {
    console.error(error.message);
    process.exit(1);
});
