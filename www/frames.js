/** What a session asks of a frame, and what it does with one that comes. */
import { state } from "./state.js";
import { picturesOf, toShades } from "./units.js";

/** @import { Frame } from "bce-playground/client" */
/** @import { Host } from "./frame-loop.js" */
/** @import { Session } from "./session.js" */

/** How often the network's health is looked at, in milliseconds: it takes a pass over the rows. */
const EXAMINED_EVERY = 1000;

/** Frames carry the parameters of networks up to this many: for the diagram of the network. */
const DRAWN_PARAMETERS = 20_000;

/** Samples along each side of a unit's picture, and how many units get one. */
export const UNIT_SIDE = 20;
const DRAWN_UNITS = 300;

/** What is known of a network without data. */
const NO_FIGURES = { train_loss: null, eval_loss: null, test_loss: null, accuracy: null, test_accuracy: null };

/** @param {Session} session @returns {Host} */
export function frameHost(session) {
  let examined = -Infinity;
  return {
    async ask(wanted) {
      const { network, plane, unit } = session;
      if (!network) return null;
      const now = performance.now();
      const health = Boolean(session.frame?.epoch) && now - examined > EXAMINED_EVERY;
      if (health) examined = now;
      const units = network.layers.reduce((sum, { out }) => sum + out, 0);
      const small = network.parameters <= DRAWN_PARAMETERS;
      const frame = await session.ask({
        ...wanted,
        health,
        curve_after: session.curve.last_epoch,
        // The first frame is the start module's, which has no pictures of units.
        units: session.frame?.epoch && units <= DRAWN_UNITS ? { width: UNIT_SIDE, height: UNIT_SIDE } : null,
        parameters: small,
        gradients: state.values.show_gradients && small,
        ...network.task.frame(session, network.parameters),
      });
      const wanted_still = plane === session.plane && unit === session.unit;
      return frame && frame.run === session.network?.run && wanted_still ? frame : null;
    },
    take: (frame) => receive(session, frame),
    draw: () => session.dispatchEvent(new Event("frame")),
    write: () => session.dispatchEvent(new Event("figures")),
  };
}

/** @param {Session} session @param {Frame} frame */
function receive(session, frame) {
  const { network, unit, idle } = session;
  const layers = network?.layers ?? [];
  if (frame.grid && unit) toShades(layers[unit.layer].activation ?? "identity", frame.grid);
  if (frame.units) session.pictures = picturesOf(frame.units, layers, UNIT_SIDE * UNIT_SIDE);
  session.frame = idle ? { ...frame, ...NO_FIGURES } : frame;
  if (!idle) session.curve.append(frame.curve);
  examine(session, frame);
  if (!frame.playing) session.player.paused(frame);
}

/** @param {Session} session @param {Frame} frame */
function examine(session, { health, epoch, steps_per_epoch, step }) {
  const steps = epoch * steps_per_epoch + step;
  if (health && session.health.take(health, steps)) session.dispatchEvent(new Event("health"));
}
