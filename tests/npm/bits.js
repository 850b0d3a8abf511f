// Numbers as tests/core/bits/runs.json has them.

/** @param {ArrayLike<number>} numbers @param {4 | 8} bytes of each */
export function bits(numbers, bytes) {
  const view = new DataView(new ArrayBuffer(bytes));
  let text = "";
  for (const x of Array.from(numbers)) {
    if (bytes === 4) view.setFloat32(0, x);
    else view.setFloat64(0, x);
    for (let i = 0; i < bytes; i++) text += view.getUint8(i).toString(16).padStart(2, "0");
  }
  return text;
}
