// A run as a script in Python: what PyTorch computes from the same data, weights, batches and
// settings. Text for people to read, run and change; the configuration's names are PyTorch's already.

import { count, options, valueError } from "./tensor.js";

/**
 * @import {
 *   Config, DetectionLossConfig, LayerConfig, LossConfig, SchedulerConfig, Tensor, TrainingData,
 * } from "./index.js"
 */

// For a run that has not begun, or that goes on from now.
const DEFAULT_EPOCHS = 100;

/**
 * @param {unknown} value
 * @returns {{ from: "start" | "now", epochs: number | null }}
 */
export function scriptOptions(value) {
  const { from = "start", epochs = null, ...unknown } = /** @type {any} */ (options(value));
  for (const key of Object.keys(unknown)) {
    throw valueError(`unknown key "${key}": toPyTorch takes from, epochs`, key);
  }
  return { from, epochs: epochs === null ? null : count(epochs, "epochs") };
}

/**
 * @param {object} run
 * @param {Config} run.config with every default filled in
 * @param {Record<string, Tensor>} run.parameters to begin with
 * @param {number} run.epoch whole epochs done
 * @param {TrainingData} data
 * @param {{ from: "start" | "now", epochs: number | null }} asked
 * @returns {string}
 */
export function pytorchScript({ config, parameters, epoch }, data, asked) {
  const { layers } = config;
  const start = asked.from === "now" ? epoch : 0;
  const epochs = asked.epochs ?? (asked.from === "start" && epoch > 0 ? epoch : DEFAULT_EPOCHS);
  const { loss } = config;
  const labels = loss.name === "DetectionLoss" ? loss.label_loss : loss;
  const focal = labels.name === "sigmoid_focal_loss";
  const plateau = config.scheduler?.name === "ReduceLROnPlateau";
  return [
    head(config, start),
    "import base64",
    "",
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    ...(focal ? ["from torchvision.ops import sigmoid_focal_loss"] : []),
    "",
    `START, EPOCHS = ${start}, ${epochs}`,
    `SEED, SHUFFLE, BATCH_SIZE = ${config.seed}, ${python(config.shuffle)}, ${config.batch_size}`,
    "",
    "",
    "def tensor(text, *shape):",
    "    numbers = bytearray(base64.b64decode(text))",
    "    return torch.frombuffer(numbers, dtype=torch.float32).reshape(shape).clone()",
    "",
    "",
    ...dataLines(data),
    "",
    "model = nn.Sequential(",
    ...layers.flatMap(modules).map((module) => `    ${module},`),
    ")",
    "model.load_state_dict({",
    ...Object.entries(parameters).map(([name, value]) => `    "${name}": ${literal(value)},`),
    "})",
    "",
    "",
    ...lossLines(config),
    "",
    "",
    ...penaltyLines(config),
    "",
    "",
    ...ORDER,
    "",
    "",
    ...evaluationLines(config),
    "",
    "",
    `optimizer = torch.optim.${call(config.optimizer, "model.parameters()")}`,
    ...(config.scheduler ? [`scheduler = ${scheduler(config.scheduler)}`] : []),
    "",
    ...trainingLines(config, Boolean(data.test_inputs), Boolean(data.sample_weight), plateau),
    "",
  ].join("\n");
}

/** @param {Config} config @param {number} start */
function head(config, start) {
  const notes = [
    "A run of bce-playground in PyTorch: the same data, weights, batches and settings.",
    "",
    "It prints what the playground shows after each epoch. The last digits differ, since PyTorch adds",
    "in another order; where training is unstable, they grow.",
  ];
  if (config.layers.some(({ dropout }) => dropout)) {
    notes.push("", "Dropout: PyTorch draws other units, so the losses differ by chance.");
  }
  if (start > 0) {
    notes.push("", `It begins with the weights after epoch ${start}, optimizer and schedule anew.`);
  }
  return ['"""', ...notes, '"""'].join("\n").replace('"""\n', '"""');
}

/** @param {unknown} value @returns {string} */
function python(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(/** @type {ArrayLike<unknown>} */ (value), python).join(", ")}]`;
  }
  return String(value);
}

/** @param {Record<string, unknown>} args @returns {string} keyword arguments */
const keywords = (args) =>
  Object.entries(args)
    .map(([key, value]) => `${key}=${python(value)}`)
    .join(", ");

/** @param {object} named @param {string} first @returns {string} */
function call(named, first) {
  const { name, ...args } = /** @type {Record<string, unknown>} */ (named);
  return `${name}(${[first, keywords(args)].filter(Boolean).join(", ")})`;
}

/** @param {SchedulerConfig} config @returns {string} */
function scheduler(config) {
  const prefix = "torch.optim.lr_scheduler.";
  if (config.name !== "SequentialLR") return prefix + call(config, "optimizer");
  const parts = config.schedulers.map(scheduler).join(", ");
  const milestones = python(config.milestones);
  return `${prefix}SequentialLR(optimizer, schedulers=[${parts}], milestones=${milestones})`;
}

/** @param {Tensor} value @returns {string} */
function literal({ shape, data }) {
  const bytes = new Uint8Array(4 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((x, i) => view.setFloat32(4 * i, x, true));
  let text = "";
  // In parts: so many arguments fit into a call.
  for (let at = 0; at < bytes.length; at += 0x6000) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000)));
  }
  return `tensor("${text}", ${shape.join(", ")})`;
}

/** @param {TrainingData} data @returns {string[]} */
const dataLines = (data) =>
  /** @type {(keyof TrainingData)[]} */ ([
    ...["inputs", "targets", "sample_weight", "test_inputs", "test_targets"],
  ]).flatMap((key) => {
    const value = data[key];
    return value ? [`${key} = ${literal(value)}`] : [];
  });

/** @type {Record<string, string>} */
const MODULES = {
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  relu: "ReLU",
  leaky_relu: "LeakyReLU",
  elu: "ELU",
  gelu: "GELU",
  silu: "SiLU",
  softplus: "Softplus",
  logsigmoid: "LogSigmoid",
};

/** @param {LayerConfig} layer @returns {string[]} */
function modules({ in: inputs, out, activation = "identity", activation_params, dropout }) {
  const list = [`nn.Linear(${inputs}, ${out})`];
  if (activation !== "identity") {
    list.push(`nn.${MODULES[activation]}(${keywords({ ...activation_params })})`);
  }
  if (dropout) list.push(`nn.Dropout(${dropout})`);
  return list;
}

/**
 * @param {DetectionLossConfig} loss with every default filled in
 * @returns {string[]}
 */
function detectionLossLines({ classes = 3, label_loss, box_loss, box_weight }) {
  const labels = 1 + classes;
  const { name, ...args } = /** @type {Record<string, any>} */ (label_loss);
  const weights = Object.entries(args).map(([key, value]) => {
    const tensors = name === "BCEWithLogitsLoss" && value;
    return `${key}=${tensors ? `torch.tensor(${python(value)})` : python(value)}`;
  });
  const apply =
    name === "BCEWithLogitsLoss" ? "F.binary_cross_entropy_with_logits" : "sigmoid_focal_loss";
  return [
    "def cells(values):",
    '    """A row for each cell: its labels, and its box."""',
    `    values = values.reshape(-1, ${labels + 4})`,
    `    return values[:, :${labels}], values[:, ${labels}:]`,
    "",
    "",
    "def loss_of(outputs, targets, sample_weight=None):",
    "    (labels, boxes), (true_labels, true_boxes) = cells(outputs), cells(targets)",
    `    label_loss = ${apply}(`,
    `        labels, true_labels, ${[...weights, 'reduction="mean"'].join(", ")}`,
    "    )",
    "    there = true_labels[:, 0] >= 0.5",
    "    if not there.any():",
    "        return label_loss",
    `    box_loss = F.smooth_l1_loss(boxes[there], true_boxes[there], beta=${box_loss?.beta})`,
    `    return label_loss + ${box_weight} * box_loss`,
  ];
}

/** @param {Config} config @returns {string[]} */
function lossLines({ loss }) {
  if (loss.name === "DetectionLoss") return detectionLossLines(loss);
  const { name, reduction, ...args } = /** @type {Record<string, any>} */ (loss);
  const reduced = `reduction=${python(reduction)}`;
  const weighted = name === "BCELoss" || name === "BCEWithLogitsLoss";
  const lines = ["def loss_of(outputs, targets, sample_weight=None):"];
  if (weighted) {
    lines.push(`    weight = ${args.weight ? `torch.tensor(${python(args.weight)})` : "None"}`);
    lines.push("    if sample_weight is not None:");
    lines.push("        weight = sample_weight if weight is None else weight * sample_weight");
    // Sizes that PyTorch does not broadcast by itself.
    lines.push("    weight = weight if weight is None else weight.expand_as(outputs)");
  }
  const pos_weight = args.pos_weight ? `torch.tensor(${python(args.pos_weight)})` : "None";
  const class_weight = args.weight ? `torch.tensor(${python(args.weight)})` : "None";
  /** @type {Record<string, string>} */
  const calls = {
    BCELoss: `F.binary_cross_entropy(outputs, targets, weight=weight, ${reduced})`,
    BCEWithLogitsLoss:
      "F.binary_cross_entropy_with_logits(\n" +
      `        outputs, targets, weight=weight, pos_weight=${pos_weight}, ${reduced}\n    )`,
    sigmoid_focal_loss: `sigmoid_focal_loss(outputs, targets, ${keywords(args)}, ${reduced})`,
    MSELoss: `F.mse_loss(outputs, targets, ${reduced})`,
    CrossEntropyLoss:
      "F.cross_entropy(\n" +
      `        outputs, targets, weight=${class_weight}, label_smoothing=${args.label_smoothing}, ${reduced}\n    )`,
    SmoothL1Loss: `F.smooth_l1_loss(outputs, targets, ${keywords(args)}, ${reduced})`,
  };
  return [...lines, `    return ${calls[name]}`];
}

/** @param {Config} config @returns {string[]} */
function penaltyLines({ penalty }) {
  if (!penalty) return ["def penalty():", "    return 0"];
  const filter = penalty.on === "all" ? "" : ' if name.endswith("weight")';
  const term = penalty.kind === "l2" ? "(p**2).sum()" : "p.abs().sum()";
  return [
    "def penalty():",
    `    terms = [${term} for name, p in model.named_parameters()${filter}]`,
    `    return ${penalty.lambda} * sum(terms)`,
  ];
}

const ORDER = `
MASK = (1 << 64) - 1


def mix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def order_of(epoch, rows):
    """The playground's order of the rows, a function of seed and epoch: PCG32 (O'Neill, 2014),
    Lemire's bounds (2019), Fisher and Yates."""
    order = list(range(rows))
    if not SHUFFLE:
        return order
    key = mix(SEED) ^ mix(epoch + (4 << 56))
    state, increment = mix(key), ((mix(key ^ MASK) << 1) | 1) & MASK
    state = ((state + increment) * 6364136223846793005 + increment) & MASK
    for last in range(rows - 1, 0, -1):
        bound = last + 1
        while True:
            turn, bits = state >> 59, (((state >> 18) ^ state) >> 27) & 0xFFFFFFFF
            bits = ((bits >> turn) | (bits << (-turn & 31))) & 0xFFFFFFFF
            state = (state * 6364136223846793005 + increment) & MASK
            if ((bits * bound) & 0xFFFFFFFF) >= (1 << 32) % bound:
                break
        other = (bits * bound) >> 32
        order[last], order[other] = order[other], order[last]
    return order`
  .trim()
  .split("\n");

/** @param {LossConfig} loss @returns {boolean} */
const isSum = (loss) => "reduction" in loss && loss.reduction === "sum";

/** @param {Config} config @returns {string[]} */
function evaluationLines({ layers, loss }) {
  const logits = layers[layers.length - 1].activation === "identity";
  const classes = loss.name === "CrossEntropyLoss";
  const boxes = loss.name === "DetectionLoss";
  const right = classes
    ? ["    right = outputs.argmax(1) == targets.argmax(1)"]
    : [
        ...(boxes ? ["    outputs, targets = cells(outputs)[0], cells(targets)[0]"] : []),
        `    probabilities = ${logits ? "outputs.sigmoid()" : "outputs"}`,
        "    right = (probabilities >= 0.5) == (targets >= 0.5)",
      ];
  return [
    "@torch.no_grad()",
    "def evaluate(inputs, targets, sample_weight=None):",
    "    model.eval()",
    "    outputs = model(inputs)",
    `    loss = loss_of(outputs, targets, sample_weight).item()${isSum(loss) ? " / len(inputs)" : ""}`,
    ...right,
    "    return loss, right.float().mean().item()",
  ];
}

/**
 * @param {Config} config
 * @param {boolean} test
 * @param {boolean} weighted
 * @param {boolean} plateau
 * @returns {string[]}
 */
function trainingLines({ loss, scheduler: schedule }, test, weighted, plateau) {
  const share = isSum(loss) ? "" : " * len(batch)";
  const weights = weighted ? ", sample_weight[batch]" : "";
  const all = weighted ? ", sample_weight" : "";
  const step = plateau ? `scheduler.step(${test ? "test_loss" : "eval_loss"})` : "scheduler.step()";
  const columns = ["epoch", "lr", "train_loss", "eval_loss", ...(test ? ["test_loss"] : []), "accuracy"];
  return [
    `print("${columns.join(" ")}")`,
    "for epoch in range(START, START + EPOCHS):",
    "    model.train()",
    "    order, total = order_of(epoch, len(inputs)), 0.0",
    '    lr = optimizer.param_groups[0]["lr"]',
    "    for start in range(0, len(order), BATCH_SIZE):",
    "        batch = order[start : start + BATCH_SIZE]",
    `        loss = loss_of(model(inputs[batch]), targets[batch]${weights})`,
    "        optimizer.zero_grad()",
    "        (loss + penalty()).backward()",
    "        optimizer.step()",
    `        total += loss.item()${share}`,
    "    train_loss = total / len(order)",
    `    eval_loss, accuracy = evaluate(inputs, targets${all})`,
    ...(test ? ["    test_loss, _ = evaluate(test_inputs, test_targets)"] : []),
    ...(schedule ? [`    ${step}`] : []),
    `    print(epoch + 1, lr, ${columns.slice(2).join(", ")})`,
  ];
}
