/**
 * Playing and stepping: what the buttons of the bar do, how fast it goes, and what is said when the
 * worker pauses of itself.
 */
import { until } from "./configuration.js";
import { fields } from "./fields.js";
import runFields from "./fields/run.js";
import { overflowText } from "./health.js";
import { state } from "./state.js";

/** @import { NonFinite } from "bce-playground" */
/** @import { Frame, Stopped } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */
/** @import { Notices } from "./notices.js" */
/** @import { Session } from "./session.js" */

/** In slow motion a point is trained on this often, in milliseconds. */
const SLOW_MOTION = 700;

export class Player {
  /** What the person wants; the worker may still be loading. */
  playing = false;

  #session;
  #notices;
  /** The conditions of `until` that have ended the run: they do not count again. @type {Set<string>} */
  #met = new Set();
  /** Of slow motion: an older one ends. */
  #slowTurn = 0;
  /** What the last frame that was not playing had stopped at: said once. */
  #saidOf = "";

  /** @param {Session} session @param {Notices} notices */
  constructor(session, notices) {
    this.#session = session;
    this.#notices = notices;
  }

  async play() {
    this.set(true);
    if (this.#sayIdle()) return;
    await this.#session.tell(() => this.begin());
  }

  async pause() {
    this.set(false);
    await this.#session.tell((client) => client.pause());
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  /** One step of the optimizer, on the next point alone. */
  async stepSample() {
    await this.pause();
    if (this.#sayIdle()) return;
    await this.#session.tell((client) => client.trainSamples(1));
  }

  /** One step of the optimizer, on one batch. */
  async stepBatch() {
    await this.pause();
    if (this.#sayIdle()) return;
    await this.#session.tell((client) => client.trainSteps(1));
  }

  /** To the end of the epoch. */
  async stepEpoch() {
    await this.pause();
    if (this.#sayIdle()) return;
    await this.#session.tell(async (client) => {
      const [step, steps_per_epoch] = await Promise.all([client.step, client.steps_per_epoch]);
      await client.trainSteps(steps_per_epoch - step);
    });
  }

  /** So many epochs from here, at the speed that is set. @param {number} count */
  async playEpochs(count) {
    const epoch = (this.#session.frame?.epoch ?? 0) + count;
    this.set(true);
    if (this.#sayIdle()) return;
    const options = this.#options();
    await this.#session.tell((client) => client.play({ ...options, until: { ...options.until, epoch } }));
    this.#saidOf = "";
  }

  /** Makes the worker play as the state says. */
  async begin() {
    const { client } = this.#session;
    if (state.values.speed !== "sample") {
      await client.play(this.#options());
      // What it has stopped at before is news if it comes again.
      this.#saidOf = "";
      return;
    }
    await client.pause();
    this.#stepSlowly();
  }

  /** Follows the state while it plays: another speed, or another end. @param {(keyof Values)[]} keys */
  follow(keys) {
    const ends = keys.some((key) => key in runFields && key !== "n_epochs");
    if (ends) this.#met.clear();
    if (!this.playing || !(ends || keys.includes("speed"))) return;
    const steps_per_second = stepsPerSecond(state.values);
    if (ends || state.values.speed === "sample") this.#session.tell(() => this.begin());
    // What ends it stays as it is, also where that is a number of epochs.
    else this.#session.tell((client) => client.play({ steps_per_second }));
  }

  /** Another run begins. */
  forget() {
    this.#met.clear();
    this.#notices.close("stopped");
  }

  /** @param {boolean} playing */
  set(playing) {
    this.playing = playing;
    this.#session.dispatchEvent(new Event("status"));
  }

  /** The worker does not play: says what it has paused at, if it was of itself. @param {Frame} frame */
  paused({ run, non_finite, error, stopped }) {
    const saidOf = JSON.stringify([run, non_finite, error, stopped]);
    if (saidOf === this.#saidOf) return;
    this.#saidOf = saidOf;
    if (non_finite) this.#overflowed(non_finite);
    else if (error) this.#failed(error.message);
    else if (stopped) this.#ended(stopped);
  }

  /** How fast to play, and until when. */
  #options() {
    const { values } = state;
    const wanted = Object.entries(until(values) ?? {}).filter(([condition]) => !this.#met.has(condition));
    return {
      steps_per_second: stepsPerSecond(values),
      until: wanted.length > 0 ? Object.fromEntries(wanted) : null,
    };
  }

  /** One point after the other, slowly enough to follow. */
  async #stepSlowly() {
    const turn = (this.#slowTurn += 1);
    while (this.playing && state.values.speed === "sample" && turn === this.#slowTurn) {
      await this.#session.tell((client) => client.trainSamples(1));
      await new Promise((resolve) => setTimeout(resolve, SLOW_MOTION));
    }
  }

  /** Says that there is nothing to train on, where that is so. */
  #sayIdle() {
    const { idle } = this.#session;
    if (idle) this.#notices.say("points.idle", {}, { id: "points" });
    return idle;
  }

  /** The worker has paused at a NaN or an infinity. @param {NonFinite} found */
  #overflowed(found) {
    this.set(false);
    const field = this.#session.network?.task.rate ?? "lr";
    const { ladder = [] } = fields[field];
    const lr = ladder.findLast((rate) => rate <= state.values[field] / 3) ?? ladder[0];
    this.#notices.say("notice.non_finite", overflowText(found, state.values), {
      id: "stopped",
      tone: "error",
      actions: [
        { key: "action.back", parameters: { lr }, run: () => this.#session.goBack(lr) },
        { key: "action.why", run: () => this.#session.explain("non_finite") },
      ],
    });
  }

  /** The worker has paused at something else, such as outputs that the loss refuses. @param {string} message */
  #failed(message) {
    this.set(false);
    this.#notices.say("notice.stopped", { message }, { id: "stopped", tone: "error" });
  }

  /** Playing has ended as the person wanted. @param {Stopped} stopped */
  #ended({ by, epoch, value }) {
    this.set(false);
    // So many epochs are over: nobody needs to be told.
    if (by === "epoch" && epoch !== state.values.until_epoch) return;
    // Where it goes on without gain, the count begins anew.
    if (by !== "patience") this.#met.add(by);
    this.#notices.say(`notice.ended.${by}`, { epoch, value: Number(value.toPrecision(4)) }, { id: "ended" });
  }
}

/** @param {Values} values */
function stepsPerSecond({ speed }) {
  if (speed === "sample") return 1;
  return speed === "max" ? null : Number(speed);
}
