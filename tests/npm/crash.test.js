import assert from "node:assert/strict";
import { before, test } from "node:test";

import { PlaygroundError, Trainer, activation, init } from "bce-playground";
import { panicForTests } from "../../npm/wasm.js";
import { moonsConfig, xorData } from "./runs.js";

before(() => init());

test("after a panic on the calling thread every later call says that the instance is lost", async () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  assert.throws(() => panicForTests(), WebAssembly.RuntimeError);
  const calls = [
    () => trainer.trainEpochs(1),
    () => trainer.epoch,
    () => new Trainer(moonsConfig(), xorData()),
    () => activation("tanh", [0]),
  ];
  for (const call of calls) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof PlaygroundError);
      assert.equal(error.name, "RuntimeError");
      assert.match(error.message, /instance is lost/);
      return true;
    });
  }
  // Freeing does not enter wasm any more, and is no error.
  trainer.free();
});
