// Pictures of units, gradients in frames, and parameters set by hand.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Trainer, init } from "bce-playground";
import { nextRecordedEpoch } from "../../npm/curve.js";
import { frame, withClient } from "./clients.js";
import { moonsConfig, xorData } from "./runs.js";

/** @import { GridOptions, PlaneOptions } from "bce-playground" */
/** @import { FrameOptions } from "bce-playground/client" */

before(() => init());

/** @type {PlaneOptions} */
const PLANE = { width: 7, height: 5, x: [-2, 2], y: [-1, 3] };

/** @param {(trainer: Trainer) => void} use */
function withTrainer(use) {
  const trainer = new Trainer(moonsConfig(), xorData());
  use(trainer);
  trainer.free();
}

/** Parameters of moonsConfig() in order: 6 × 2 weights, 6 biases, 6 weights, 1 bias. */
const COUNT = 25;

test("unitGrids has the picture of every unit, hidden ones first", () =>
  withTrainer((trainer) => {
    trainer.trainEpochs(3);
    const units = trainer.unitGrids(PLANE);
    assert.equal(units.length, 7 * 35);
    for (let i = 0; i < 7; i += 1) {
      const unit = i < 6 ? { layer: 0, index: i } : { layer: 1, index: 0 };
      assert.deepEqual(
        trainer.predictGrid({ ...PLANE, unit }),
        units.slice(i * 35, (i + 1) * 35),
        `unit ${i}`,
      );
    }
    // A sigmoid end gives the probability itself.
    assert.deepEqual(trainer.predictGrid(PLANE), units.slice(6 * 35));
  }));

test("a unit that there is not, and a picture of all that is too large, are refused", () =>
  withTrainer((trainer) => {
    for (const unit of [
      { layer: 2, index: 0 },
      { layer: 0, index: 6 },
      { layer: -1, index: 0 },
      { layer: 0, index: 0.5 },
    ]) {
      assert.throws(() => trainer.predictGrid({ ...PLANE, unit }), { name: "ValueError" });
    }
    // @ts-expect-error no index
    assert.throws(() => trainer.predictGrid({ ...PLANE, unit: { layer: 0 } }), {
      name: "TypeError",
      path: "unit.index",
    });
    // @ts-expect-error no object
    assert.throws(() => trainer.predictGrid({ ...PLANE, unit: 3 }), { path: "unit" });
    const wide = /** @type {PlaneOptions} */ ({ ...PLANE, width: 1000, height: 1000 });
    assert.throws(() => trainer.unitGrids(wide), { name: "ValueError", message: /pixels/ });
    assert.deepEqual(trainer.predictGrid({ ...PLANE, unit: null }), trainer.predictGrid(PLANE));
  }));

test("flat gradients are gradients() in the order of the parameters", () =>
  withTrainer((trainer) => {
    assert.deepEqual(trainer.flatGradients(), new Float32Array(COUNT));
    trainer.trainBatch([0, 1, 2, 3]);
    const flat = Object.values(trainer.gradients()).flatMap(({ data }) => Array.from(data));
    assert.deepEqual(Array.from(trainer.flatGradients()), flat);
    assert.ok(flat.some((gradient) => gradient !== 0));
  }));

test("a frame brings units of the grid's plane, or of another, and gradients", () =>
  withClient(async (client) => {
    await client.trainSteps(6);
    /** @type {GridOptions} */
    const grid = { ...PLANE, unit: { layer: 0, index: 2 } };
    const size = { width: 3, height: 2 };
    const got = await frame(client, { grid, units: size, gradients: true });
    const plain = await frame(client);
    assert.deepEqual([plain.grid, plain.units, plain.gradients], [null, null, null]);
    withTrainer((trainer) => {
      trainer.trainFor(1e4, { steps: 6 });
      assert.deepEqual(got.grid, trainer.predictGrid(grid));
      assert.deepEqual(got.units, trainer.unitGrids({ ...PLANE, ...size }));
      assert.deepEqual(got.gradients, trainer.flatGradients());
    });
    const elsewhere = /** @type {PlaneOptions} */ ({ ...PLANE, x: [5, 6] });
    const [units, other] = [await frame(client, { units: elsewhere }), got.units];
    assert.deepEqual(units.units, await client.unitGrids(elsewhere));
    assert.notDeepEqual(units.units?.slice(0, 6), other?.slice(0, 6));
    assert.deepEqual(await client.flatGradients(), got.gradients);
    // Without a grid the plane must be given.
    await assert.rejects(frame(client, { units: size }), { name: "ValueError", path: "x" });
  }));

test("while_playing holds for a frame of what plays, and a frame at rest is whole", () =>
  withClient(async (client) => {
    const size = { width: 3, height: 2 };
    /** @type {FrameOptions} */
    const options = {
      ...{ grid: PLANE, units: size, parameters: true },
      while_playing: { grid: null, parameters: false, figures: "recorded", curve_after: Infinity },
    };
    const first = await frame(client, options);
    assert.equal(first.grid?.length, 35);
    await client.play();
    let light = await frame(client, { ...options, after: first.version });
    while (light.epoch < 2) light = await frame(client, { ...options, after: light.version });
    assert.ok(light.playing && light.version > first.version);
    assert.deepEqual([light.grid, light.grid_time, light.parameters], [null, null, null]);
    assert.deepEqual(light.curve.epoch, new Float64Array());
    // Of the plane of the grid that was left out.
    assert.equal(light.units?.length, 7 * 6);
    await client.pause();
    const rest = await frame(client, { ...options, after: light.version });
    assert.ok(!rest.playing && rest.epoch >= light.epoch);
    assert.deepEqual(rest.grid, await client.predictGrid(PLANE));
    assert.deepEqual(rest.units, await client.unitGrids({ ...PLANE, ...size }));
    assert.deepEqual(rest.parameters, await client.parameters());
    assert.equal(rest.eval_loss, (await client.evaluate("train")).loss);
    assert.equal(rest.curve.epoch[0], 0);
    assert.ok(Number(rest.grid_time) >= 0);
  }));

test("a parameter is set by its place, and nothing else changes", () =>
  withTrainer((trainer) => {
    trainer.trainEpochs(2);
    const before = trainer.parameters();
    trainer.setParameter(12, 0.5);
    assert.equal(trainer.stateDict()["0.bias"].data[0], 0.5);
    const expected = before.slice();
    expected[12] = 0.5;
    assert.deepEqual(trainer.parameters(), expected);
    trainer.setParameters(before);
    assert.deepEqual(trainer.parameters(), before);
    assert.equal(trainer.epoch, 2);
    withTrainer((other) => {
      other.trainEpochs(2);
      assert.deepEqual(trainer.trainEpochs(3), other.trainEpochs(3));
    });
  }));

test("a place or a value that is none is refused", () =>
  withTrainer((trainer) => {
    const before = trainer.parameters();
    for (const index of [COUNT, -1, 1.5, 2 ** 40]) {
      assert.throws(() => trainer.setParameter(index, 1), { name: "ValueError", path: "index" });
    }
    for (const value of [NaN, Infinity, 1e39]) {
      assert.throws(() => trainer.setParameter(0, value), { name: "ValueError", path: "value" });
    }
    // @ts-expect-error no number
    assert.throws(() => trainer.setParameter(0, "1"), { name: "TypeError" });
    assert.throws(() => trainer.setParameters([1, 2]), { name: "ValueError", message: /25/ });
    assert.deepEqual(trainer.parameters(), before);
  }));

test("an edit is shown, and adds no point to the curve", () =>
  withClient(async (client) => {
    await client.trainEpochs(4);
    await client.trainSteps(2);
    const { version, curve } = await frame(client);
    await client.setParameter(24, 1.25);
    const edited = await frame(client, { after: version, parameters: true });
    assert.equal(edited.parameters?.[24], 1.25);
    assert.deepEqual(edited.curve, curve);
    const set = Float32Array.from({ length: COUNT }, (_, i) => i / 32);
    await client.setParameters(set);
    assert.deepEqual(await client.parameters(), set);
    await client.play();
    await client.setParameter(0, -3);
    await client.pause();
    const { epoch } = await frame(client);
    const recorded = (await frame(client)).curve.epoch;
    /** @type {number[]} */
    const every = [];
    for (let e = 0; e <= epoch; e = nextRecordedEpoch(e)) every.push(e);
    assert.deepEqual(recorded, Float64Array.from(every));
  }));
