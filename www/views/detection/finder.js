/**
 * What the network finds: in the images that are shown, as often as they are drawn; in all test images, about
 * once a second. All views of this folder draw its results; none of them asks the worker.
 *
 * Events: "found" (`outputs` and `found` of the shown images), "measured" (`measured`: precision and losses).
 */
import { pixelsOf } from "../../drawing.js";
import { TEST_IMAGES } from "../../fields/detection.js";
import { state } from "../../state.js";
import { codingOf } from "../../tasks/detection.js";

/** @import { Detected, DetectionDataset, Detections, Evaluation, Tensor } from "bce-playground" */
/** @import { Session } from "../../session.js" */
/** @import { Images } from "../../tasks/detection.js" */

/** Images of the gallery at a time. */
export const SHOWN = 6;
/** The place of the drawing among those that are asked about: behind the gallery's. */
export const OWN = SHOWN;

/** The least time between two looks at the shown images, in milliseconds, and for who wants less motion. */
const LOOK_EVERY = 40;
const CALM_LOOK = 500;
/** The least time between two measurements, and how many times what one takes: training shall have the rest. */
const MEASURE_EVERY = 1000;
const PATIENCE = 30;
const LONGEST_WAIT = 3000;
/** Average precision is a ranking's: it needs what is below the threshold that is shown. */
const LEAST_SCORE = 0.01;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {{ detected: Detected, losses: Evaluation }} Measured */

export class Finder extends EventTarget {
  /** (SHOWN + 1, outputs): of the gallery's images and the drawing. @type {Tensor | null} */
  outputs = null;
  /** Their objects, those above the threshold. @type {Detections | null} */
  found = null;
  /** The number of the gallery's first image when they were found. */
  first = 0;
  /** @type {Measured | null} */
  measured = null;
  /** What was measured of this run, with the fraction of the epoch. @type {{ epoch: number, map: number }[]} */
  course = [];

  #session;
  #looking = false;
  #measuring = false;
  /** Whether something has changed since what is shown was asked for. */
  #stale = { look: false, decode: false, measure: false };
  #due = { look: 0, measure: 0 };
  /** @type {Record<"look" | "measure", number>} */
  #timers = { look: 0, measure: 0 };

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** @returns {Images | null} */
  get images() {
    const { dataset } = this.#session;
    return dataset && "objects" in dataset ? /** @type {any} */ (dataset) : null;
  }

  /** The gallery's first image, of all test images. */
  get page() {
    return Math.min(Math.floor(state.values.detection_image / SHOWN) * SHOWN, TEST_IMAGES - SHOWN);
  }

  /** The pixels of a shown image as the network sees them; null before there are any. @param {number} place */
  pixels(place) {
    const { images } = this;
    const inputs = this.#session.split?.test_inputs;
    if (!images || !inputs) return null;
    const size = inputs.shape[1];
    if (place === OWN) return pixelsOf(state.values.drawing, images);
    const row = this.page + place;
    return inputs.data.subarray(row * size, (row + 1) * size);
  }

  /** Follows the run and the state; returns how to stop that. */
  follow() {
    const frame = () => this.#outdate("look", "measure");
    const plane = () => {
      this.measured = null;
      this.course = [];
      this.#due = { look: 0, measure: 0 };
      this.#outdate("look", "measure");
    };
    this.#session.addEventListener("frame", frame);
    this.#session.addEventListener("plane", plane);
    const forget = state.subscribe((keys) => {
      if (keys.includes("detection_image") || keys.includes("drawing")) {
        this.#due.look = 0;
        this.#outdate("look");
      }
      if (keys.includes("detection_score") || keys.includes("detection_nms")) this.#outdate("decode");
      if (keys.includes("detection_nms")) this.#outdate("measure");
    });
    this.#outdate("look", "measure");
    return () => {
      this.#session.removeEventListener("frame", frame);
      this.#session.removeEventListener("plane", plane);
      forget();
      clearTimeout(this.#timers.look);
      clearTimeout(this.#timers.measure);
    };
  }

  /** @param {("look" | "decode" | "measure")[]} what */
  #outdate(...what) {
    for (const each of what) this.#stale[each] = true;
    this.#wake("look");
    this.#wake("measure");
  }

  /** @param {"look" | "measure"} what */
  #wake(what) {
    clearTimeout(this.#timers[what]);
    const { split, network, frame } = this.#session;
    if (!this.images || !split || !network) return;
    if (what === "look") {
      if (this.#looking || !(this.#stale.look || this.#stale.decode)) return;
      // A moved threshold needs no other outputs.
      const wait = this.#stale.decode || !frame?.playing ? 0 : this.#due.look - performance.now();
      if (wait <= 0) this.#look();
      else this.#timers.look = window.setTimeout(() => this.#wake("look"), wait);
      return;
    }
    if (this.#measuring || !this.#stale.measure) return;
    const wait = frame?.playing ? this.#due.measure - performance.now() : 0;
    if (wait <= 0) this.#measure();
    else this.#timers.measure = window.setTimeout(() => this.#wake("measure"), wait);
  }

  async #look() {
    const { client, split } = this.#session;
    const images = /** @type {Images} */ (this.images);
    const { page } = this;
    const anew = this.#stale.look || page !== this.first || !this.outputs;
    this.#looking = true;
    this.#stale.look = false;
    this.#stale.decode = false;
    try {
      const outputs = anew ? await client.predict(this.#inputs(images)) : /** @type {Tensor} */ (this.outputs);
      const { detection_score: score_threshold, detection_nms: iou_threshold } = state.values;
      const found = await client.detection.decode(outputs, { ...codingOf(images), score_threshold, iou_threshold });
      if (split === this.#session.split) {
        Object.assign(this, { outputs, found, first: page });
        this.dispatchEvent(new Event("found"));
      }
    } catch (error) {
      this.#pass(error, split);
    }
    this.#looking = false;
    this.#due.look = performance.now() + (calm.matches ? CALM_LOOK : LOOK_EVERY);
    this.#wake("look");
  }

  /** The images that are asked about, one after another. @param {DetectionDataset} images */
  #inputs({ size }) {
    const pixels = size * size;
    const data = new Float32Array((SHOWN + 1) * pixels);
    for (let place = 0; place <= OWN; place += 1) data.set(/** @type {Float32Array} */ (this.pixels(place)), place * pixels);
    return { shape: [SHOWN + 1, pixels], data };
  }

  async #measure() {
    const { client, split, network } = this.#session;
    const { detection_nms: nms_threshold } = state.values;
    const started = performance.now();
    this.#measuring = true;
    this.#stale.measure = false;
    try {
      const [detected, losses, whole, step, steps] = await Promise.all([
        client.detect("test", { nms_threshold, score_threshold: LEAST_SCORE }), client.evaluate("test"),
        client.epoch, client.step, client.steps_per_epoch]);
      if (network?.run === this.#session.network?.run) {
        this.measured = { detected, losses };
        const epoch = whole + step / steps;
        // Another threshold at the same place, or a way back after a NaN: what comes later is no more.
        this.course = [...this.course.filter((point) => point.epoch < epoch), { epoch, map: detected.mean_average_precision }];
        this.dispatchEvent(new Event("measured"));
      }
    } catch (error) {
      this.#pass(error, split);
    }
    const now = performance.now();
    this.#due.measure = now + Math.max(MEASURE_EVERY, Math.min(LONGEST_WAIT, PATIENCE * (now - started)));
    this.#measuring = false;
    this.#wake("measure");
  }

  /** After a crash, and with other data, there will be a frame: that is when to try again. @param {unknown} error @param {unknown} split */
  #pass(error, split) {
    const { name } = /** @type {Error} */ (error);
    if (name !== "WorkerCrash" && split === this.#session.split && this.#session.network?.task.evaluate) throw error;
  }
}
