import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { PlaygroundError, fromPlain, isPlainError, toPlain } from "../../npm/errors.js";
import { PROTOCOL, readReply, readRequest } from "../../npm/protocol.js";
import { moonsConfig, xorData } from "./runs.js";

test("errors cross the border whole", () => {
  for (const error of [
    new PlaygroundError("ValueError", "no", "a[0]"),
    new PlaygroundError("X", ""),
  ]) {
    const plain = structuredClone(toPlain(error));
    assert.ok(isPlainError(plain));
    const back = fromPlain(plain);
    assert.ok(back instanceof PlaygroundError);
    assert.deepEqual([back.name, back.message, back.path], [error.name, error.message, error.path]);
    assert.equal("path" in back, "path" in error);
  }
});

test("a message of another version is refused by name", () => {
  const request = { protocol: PROTOCOL - 1, id: 1, method: "epoch", args: [] };
  assert.throws(() => readRequest(request), {
    name: "ProtocolError",
    message: /protocol 0.*reload/s,
  });
  assert.throws(() => readReply({ protocol: 99, kind: "result", id: 1 }), {
    name: "ProtocolError",
  });
  assert.deepEqual(readRequest({ ...request, protocol: PROTOCOL }), {
    id: 1,
    method: "epoch",
    args: [],
  });
});

test("arguments of the wrong kind are a TypeError", () => {
  const call = (/** @type {string} */ method, /** @type {unknown[]} */ args) => () =>
    readRequest({ protocol: PROTOCOL, id: 1, method, args });
  /** @type {[string, unknown[]][]} */
  const cases = [
    ["trainEpochs", ["3"]],
    ["trainEpochs", []],
    ["load", [1, 2]],
    ["restore", [[1], {}]],
    ["restore", [new Uint8Array(), {}, { run: 1, data: 0, version: 1, speed: null }]],
    ["setData", [{}]],
    ["setData", [{}, -1]],
    ["evaluate", [null]],
    ["epoch", [1]],
    ["frame", [[]]],
    ["datasets.parseCSV", [7]],
    ["metrics.binary", [[0.5], "1"]],
    ["metrics.binary", [[0.5]]],
    ["metrics.multilabel", [[0.5], [1]]],
    ["metrics.coOccurrence", [[0.5]]],
    ["binaryCrossEntropy", [[0.5], {}]],
  ];
  for (const [method, args] of cases) assert.throws(call(method, args), { name: "TypeError" });
});

/** A generator of test messages of its own: mulberry32, published by T. Ettinger (2017). */
function generator(/** @type {number} */ seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const METHODS = [
  ...["load", "restore", "play", "pause", "frame", "trainSteps", "cancel", "crash", "start"],
  ...[
    "trainEpochs",
    "trainFor",
    "trainBatch",
    "evaluate",
    "predict",
    "loadStateDict",
    "reconfigure",
    "setData",
  ],
  ...["predictGrid", "datasets.make", "datasets.load", "datasets.parseCSV", "datasets.split"],
  ...["metrics.binary", "metrics.multilabel", "metrics.coOccurrence", "binaryCrossEntropy", "metrics.toString", "metrics."],
  ...["toString", "__proto__", "constructor", "free", "datasets.constructor", ""],
];

/**
 * A thousand messages that a worker may get and must survive: no objects at all, the wrong version,
 * unknown methods, and right methods with arguments that make no sense. None of them asks for work
 * that takes long.
 *
 * @returns {unknown[]}
 */
function garbage() {
  const random = generator(1);
  const pick = (/** @type {unknown[]} */ from) => from[Math.floor(random() * from.length)];
  const junk = () =>
    pick([
      ...[undefined, null, true, -1, 0.5, NaN, Infinity, 2 ** 60, 10n, "", "spiral", "\u0000"],
      ...[[], [1, 2], [[]], {}, { shape: [2], data: [1] }, { shape: "x", data: null }],
      ...[
        new Float32Array(3),
        new Uint8Array(9),
        new ArrayBuffer(4),
        new Map([[1, 2]]),
        new Date(0),
      ],
      ...[{ until_epoch: "x" }, { steps: -1 }, { steps_per_second: 0 }, { steps_per_second: 5n }],
      ...[
        { after: "x", grid: 3 },
        { curve_after: [] },
        { run: 1, data: 1, version: 1, curve: {}, speed: 1 },
      ],
      ...[
        { inputs: 1 },
        { layers: [] },
        { layers: [{ in: 1e9, out: 1e9 }] },
        moonsConfig(),
        xorData(),
      ],
      ...[{ evaluate: "never" }, { evalute: 1 }, { width: 1e9, height: 1e9 }, { n_samples: 1e12 }],
    ]);
  const args = () => Array.from({ length: Math.floor(random() * 4) }, junk);
  return Array.from({ length: 1000 }, (_, i) => {
    if (i % 5 === 0) return junk();
    if (i % 5 === 1) return { protocol: pick([0, 2, "1", null]), id: 7, method: "epoch", args: [] };
    if (i % 5 === 2) return { protocol: PROTOCOL, id: junk(), method: junk(), args: junk() };
    return { protocol: PROTOCOL, id: 1000 + i, method: pick(METHODS), args: args() };
  });
}

for (const loaded of [false, true]) {
  test(`1,000 garbage messages leave a worker ${loaded ? "that trains" : "without a trainer"} alive`, async () => {
    const worker = new Worker(new URL("../../npm/worker-node.js", import.meta.url));
    /** @type {any[]} */
    const replies = [];
    worker.on("message", (message) => replies.push(message));
    const request = async (/** @type {string} */ method, /** @type {unknown[]} */ ...args) => {
      const id = 1e6 + replies.length + args.length + Math.floor(performance.now() * 1000);
      worker.postMessage({ protocol: PROTOCOL, id, method, args });
      for (;;) {
        const reply = replies.find((found) => found.id === id);
        if (reply) return reply;
        await new Promise((resolve) => worker.once("message", resolve));
      }
    };
    await request("start", { testing: false });
    if (loaded) {
      await request("load", moonsConfig(), xorData());
      await request("play", { steps_per_second: 100 });
    }
    for (const message of garbage()) worker.postMessage(message);
    const made = await request("datasets.make", "moons", { n_samples: 10 });
    assert.deepEqual(made.value.inputs.shape, [10, 2]);
    await request("load", moonsConfig(), xorData());
    assert.equal((await request("trainEpochs", 1)).value.length, 1);
    assert.deepEqual(
      replies.filter(({ kind }) => kind === "crash"),
      [],
    );
    // Most were refused; every reply is one that the client can read.
    assert.ok(replies.filter(({ kind }) => kind === "error").length > 700);
    for (const reply of replies) readReply(reply);
    await worker.terminate();
  });
}

test("readRequest refuses all of the garbage that is not a request, and nothing else is thrown", () => {
  for (const message of garbage()) {
    try {
      readRequest(message);
    } catch (error) {
      assert.ok(error instanceof PlaygroundError, `${error}`);
    }
    try {
      readReply(message);
      assert.fail("a reply was made of garbage");
    } catch (error) {
      assert.ok(error instanceof PlaygroundError, `${error}`);
    }
  }
});
