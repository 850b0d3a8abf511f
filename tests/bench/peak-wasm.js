// The module of peak.js, assembled. In Node only: binaryen is larger than the rest of the benchmark.

import binaryen from "binaryen";
import { peakText } from "./peak.js";

/** @returns {Uint8Array} */
export function peakWasm() {
  const module = binaryen.parseText(peakText());
  module.setFeatures(binaryen.Features.SIMD128);
  return module.emitBinary();
}
