// The safetensors format (Hugging Face, 2022), which PyTorch's users load and save weights in: eight
// bytes of a length, a header in JSON of that length, and the numbers, little-endian.

import { isObject, shown, snapshotBytes, valueError } from "./tensor.js";

/** @import { StateDict } from "./index.js" */

// The format's own limit.
const HEADER_LIMIT = 100_000_000;
const PREFIX = 8;

/**
 * @param {StateDict} dict
 * @param {Record<string, string>} [metadata]
 * @returns {Uint8Array}
 */
export function writeSafetensors(dict, metadata = {}) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: { format: "pt", ...metadata } };
  let length = 0;
  for (const [name, { shape, data }] of Object.entries(dict)) {
    const end = length + data.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [length, end] };
    length = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Spaces up to a multiple of 8, so that the numbers are aligned.
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX + padded + length).fill(0x20, PREFIX, PREFIX + padded);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(json, PREFIX);
  let at = PREFIX + padded;
  for (const { data } of Object.values(dict)) {
    for (const x of data) {
      view.setFloat32(at, x, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * @param {Uint8Array | ArrayBuffer} file
 * @returns {StateDict}
 */
export function readSafetensors(file) {
  const bytes = snapshotBytes(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < PREFIX ? NaN : Number(view.getBigUint64(0, true));
  if (!(length <= Math.min(HEADER_LIMIT, bytes.length - PREFIX))) throw broken("its header");
  const start = PREFIX + length;
  let header;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(PREFIX, start)));
  } catch {
    throw broken("its header");
  }
  if (!isObject(header)) throw broken("its header");
  const { __metadata__: _, ...tensors } = header;
  return Object.fromEntries(
    Object.entries(tensors).map(([name, entry]) => [name, tensorOf(name, entry, view, start)]),
  );
}

/**
 * @param {string} name
 * @param {unknown} entry of the header
 * @param {DataView} view of the file
 * @param {number} start of the numbers
 */
function tensorOf(name, entry, view, start) {
  const { dtype, shape, data_offsets: offsets } = /** @type {Record<string, unknown>} */ (
    isObject(entry) ? entry : {}
  );
  const sizes = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sizes(shape) || !sizes(offsets)) throw broken(`the tensor ${shown(name)}`);
  if (dtype !== "F32") throw valueError(`${name} is ${shown(dtype)}: only F32 is read`, name);
  const [from, to] = /** @type {number[]} */ (offsets);
  const wanted = /** @type {number[]} */ (shape).reduce((product, size) => product * size, 1);
  if (to - from !== 4 * wanted || start + to > view.byteLength) {
    throw broken(`the tensor ${shown(name)}`);
  }
  const data = Float32Array.from({ length: wanted }, (_, i) =>
    view.getFloat32(start + from + 4 * i, true),
  );
  return { shape: /** @type {number[]} */ (shape), data };
}

const broken = (/** @type {string} */ what) =>
  valueError(`not a safetensors file, or damaged: ${what} cannot be read`, "bytes");
