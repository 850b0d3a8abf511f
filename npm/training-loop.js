// What the worker's thread does between messages: queued calls in the order they came, each
// training call one slice a turn, and otherwise playing, at full speed or at so many steps a
// second. Between two turns the thread's messages get their turn.

/** @import { Control } from "./session.js" */
/** @import { Speed, Until } from "./client.js" */

/**
 * How it plays: with what ends it, and the epoch at which it began, from which patience counts.
 *
 * @typedef {Speed & { until?: Until | null, from?: number }} Playing
 */

/**
 * A call that waits or runs: what it does, slice by slice, and whom it answers.
 *
 * @typedef {object} Job
 * @property {number} id of its request
 * @property {Generator<void, unknown, void>} work
 * @property {Control} control
 * @property {(value: unknown) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/**
 * @typedef {object} LoopHost
 * @property {(turn: () => void) => void} immediate runs `turn` soon, after the messages that wait
 * @property {(steps?: number) => number} trainSlice one slice of playing; returns the steps done
 * @property {() => void} sliced after every slice, playing or called
 * @property {(thrown: unknown, training: boolean) => void} failed what nobody waits for has thrown
 */

// A worker that was held up (a hidden tab's timers, another program) catches up on so much, no
// more.
const MAX_DEBT_MS = 1000;

export class TrainingLoop {
  /** @type {Playing | null} how it plays; null: it does not */
  speed = null;
  /** @type {Job[]} */
  #jobs = [];
  #host;
  #waiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  // Playing at so many steps a second: counted from `since`, of which `done` are done.
  #since = 0;
  #done = 0;

  /** @param {LoopHost} host */
  constructor(host) {
    this.#host = host;
  }

  get busy() {
    return this.#jobs.length > 0;
  }

  /** @param {Playing} speed */
  play(speed) {
    this.speed = speed;
    this.#since = performance.now();
    this.#done = 0;
    this.#wake();
  }

  /** Ends playing, and training calls as stopCalls() does. */
  pause() {
    this.speed = null;
    this.#forgetTimer();
    this.stopCalls();
  }

  /** There is none at full speed, and asking the host in every turn takes its time. */
  #forgetTimer() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Ends training calls, the running one and those that wait, with what they have done so far. */
  stopCalls() {
    for (const job of this.#jobs) job.control.stopped = true;
  }

  /** Nothing is done any more, and nobody answered: after a crash. */
  end() {
    this.pause();
    this.#jobs = [];
  }

  /** @param {Job} job */
  push(job) {
    this.#jobs.push(job);
    this.#wake();
  }

  /**
   * Takes a call out of the queue, before or while it runs.
   *
   * @param {number} id
   * @param {unknown} error what it rejects with
   */
  cancel(id, error) {
    const found = this.#jobs.findIndex((job) => job.id === id);
    if (found >= 0) this.#jobs.splice(found, 1)[0].reject(error);
  }

  #wake() {
    if (this.#waiting) return;
    this.#forgetTimer();
    const rate = this.speed?.steps_per_second ?? null;
    if (this.busy || (this.speed && rate === null)) {
      this.#waiting = true;
      this.#host.immediate(() => {
        this.#waiting = false;
        this.#turn();
      });
    } else if (rate !== null) {
      const due = this.#since + ((this.#done + 1) / rate) * 1000;
      this.#timer = setTimeout(() => this.#turn(), Math.max(0, due - performance.now()));
    }
  }

  #turn() {
    const training = !this.busy;
    try {
      if (!training) this.#runJob();
      else if (this.speed) this.#playSlice(this.speed.steps_per_second);
      this.#host.sliced();
    } catch (thrown) {
      this.#host.failed(thrown, training);
      return;
    }
    this.#wake();
  }

  #runJob() {
    const [job] = this.#jobs;
    try {
      const { done, value } = job.work.next();
      if (!done) return;
      this.#jobs.shift();
      job.resolve(value);
    } catch (thrown) {
      this.#jobs.shift();
      job.reject(thrown);
    }
  }

  /** @param {number | null} rate */
  #playSlice(rate) {
    if (rate === null) {
      this.#host.trainSlice();
      return;
    }
    const now = performance.now();
    const due = Math.floor(((now - this.#since) * rate) / 1000) - this.#done;
    if (due <= 0) return;
    this.#done += this.#host.trainSlice(due);
    const debt = now - (this.#since + (this.#done / rate) * 1000);
    // A pause within the slice (something was not finite) stays a pause.
    if (debt > MAX_DEBT_MS && this.speed) this.play(this.speed);
  }
}
