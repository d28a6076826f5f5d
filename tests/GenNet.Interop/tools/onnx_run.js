// Runs ONNX models: node onnx_run.js FOLDER NAME... reads NAME.onnx and its batch NAME.in, writes NAME.out, for each sample all outputs one behind the other. Numbers are raw little-endian floats.
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-node");

async function run(folder, name) {
    const session = await ort.InferenceSession.create(path.join(folder, `${name}.onnx`));
    const shape = session.inputMetadata[0].shape.slice(1);
    const columns = shape.reduce((product, size) => product * size, 1);
    const bytes = fs.readFileSync(path.join(folder, `${name}.in`));
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const input = new ort.Tensor("float32", values, [values.length / columns, ...shape]);
    const outputs = await session.run({ [session.inputNames[0]]: input });
    const all = session.outputNames.map(name => outputs[name]);
    const widths = all.map(output => output.data.length / output.dims[0]);
    const output = new Float32Array(all.reduce((length, one) => length + one.data.length, 0));
    let place = 0;
    for (let row = 0; row < all[0].dims[0]; row++)
        all.forEach((one, i) => {
            output.set(one.data.subarray(row * widths[i], (row + 1) * widths[i]), place);
            place += widths[i];
        });
    fs.writeFileSync(path.join(folder, `${name}.out`), Buffer.from(output.buffer, output.byteOffset, output.byteLength));
}

(async () => {
    const [folder, ...names] = process.argv.slice(2);
    for (const name of names)
        await run(folder, name);
})().catch(error => {
    console.error(error.message);
    process.exit(1);
});
