// Trainer with its exports, for the calling thread. The worker has the one without: what a client
// exports is put together on the client's side.

import { scriptOptions, pytorchScript } from "./pytorch-script.js";
import { writeSafetensors } from "./safetensors.js";
import { Trainer as Core } from "./trainer.js";

/** @import { ScriptOptions } from "./index.js" */

export class Trainer extends Core {
  /** @param {ScriptOptions} [options] */
  toPyTorch(options) {
    const { from, epochs } = scriptOptions(options);
    return pytorchScript(this.runFrom(from), this.data(), { from, epochs });
  }

  toSafetensors() {
    return writeSafetensors(this.stateDict());
  }
}
