/**
 * Brings the newest state of the run to the views, once an animation frame. One request at a time:
 * the worker computes while the views draw, two buffers go back and forth, and nothing queues.
 */
import { Turns } from "./turns.js";

/** @import { Frame } from "bce-playground/client" */
/** @import { Turn } from "./turns.js" */

/** @typedef {Turn & { after: number, buffer: ArrayBuffer | undefined }} Wanted */
/**
 * @typedef {object} Host
 * @property {(wanted: Wanted) => Promise<Frame | null>} ask for a frame newer than `after`, with what was
 *   left out as it was before; null if what came is of no use any more
 * @property {(frame: Frame) => void} take
 * @property {() => void} draw what is new
 * @property {() => void} write its figures: seldom enough for a reader
 */

/** For who wants less motion, the picture changes this often, in milliseconds. */
const CALM_INTERVAL = 500;
/** Nobody reads figures that change faster, and text that changes is laid out and painted anew. */
const FIGURES_INTERVAL = 100;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class FrameLoop {
  #host;
  /** Of the newest frame. */
  #version = -1;
  /** Of the newest request: the answers to older ones come to nothing. */
  #ticket = 0;
  #waiting = false;
  /** Whether the next turn is on its way; before the start it is not to be called for. */
  #awake = true;
  #turns = new Turns();
  /** Whether there is something that has not been drawn. */
  #fresh = false;
  #drawn = -Infinity;
  /** Whether there are figures that have not been written. */
  #unwritten = false;
  #written = -Infinity;
  /** @type {Frame | null} */
  #last = null;
  /** @type {ArrayBuffer | undefined} */
  #spare;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
  }

  start() {
    this.#awake = false;
    this.#wake();
  }

  /** Wants any frame, however old: for another plane, say. A request that waits is made anew. */
  renew() {
    this.#version = -1;
    this.#turns.renew();
    if (this.#waiting) this.#request({ plane: true, network: true });
    else this.#wake();
  }

  /** There is another worker: what the old one was asked will not come. */
  forget() {
    this.#version = -1;
    this.#turns.renew();
    this.#waiting = false;
    this.#wake();
  }

  /** There is something to do with the next picture: a run that rests leaves the page alone. */
  #wake() {
    if (this.#awake) return;
    this.#awake = true;
    requestAnimationFrame(this.#turn);
  }

  #turn = (now = 0) => {
    this.#awake = false;
    if (calm.matches && now - this.#drawn < CALM_INTERVAL) {
      this.#wake();
      return;
    }
    this.#drawn = now;
    if (!this.#waiting) this.#request(this.#turns.next(now));
    if (this.#fresh) {
      this.#fresh = false;
      this.#unwritten = true;
      this.#host.draw();
    }
    if (!this.#unwritten) return;
    // Of a run that rests they are those of the picture at once.
    const due = !this.#last?.playing || now - this.#written >= FIGURES_INTERVAL;
    if (!due) {
      this.#wake();
      return;
    }
    this.#unwritten = false;
    this.#written = now;
    this.#host.write();
  };

  /** @param {Turn} turn */
  async #request({ plane, network }) {
    const ticket = (this.#ticket += 1);
    const buffer = plane ? this.#spare : undefined;
    if (plane) this.#spare = undefined;
    this.#waiting = true;
    const frame = await this.#host.ask({ after: this.#version, buffer, plane, network });
    if (ticket === this.#ticket) this.#waiting = false;
    this.#wake();
    if (!frame) return;
    if (frame.grid_time !== null) this.#turns.took(frame.grid_time);
    const old = this.#last?.grid;
    if (old && old !== frame.grid) this.#spare = /** @type {ArrayBuffer} */ (old.buffer);
    this.#last = frame;
    this.#version = frame.version;
    this.#fresh = true;
    this.#host.take(frame);
  }
}
