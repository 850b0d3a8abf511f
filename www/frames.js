/** What a session asks of a frame, and what it does with one that comes. */
import { state } from "./state.js";
import { picturesOf, toShades } from "./units.js";

/** @import { Frame } from "bce-playground/client" */
/** @import { Host } from "./frame-loop.js" */
/** @import { Session } from "./session.js" */
/** @import { Turn } from "./turns.js" */

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
    async ask({ after, buffer, ...turn }) {
      const { network, plane, unit } = session;
      if (!network) return null;
      const now = performance.now();
      const health = Boolean(session.frame?.epoch) && now - examined > EXAMINED_EVERY;
      if (health) examined = now;
      const units = network.layers.reduce((sum, { out }) => sum + out, 0);
      const small = network.parameters <= DRAWN_PARAMETERS;
      const frame = await session.ask({
        after,
        buffer,
        health,
        curve_after: session.curve.last_epoch,
        // The first frame is the start module's, which has no pictures of units.
        units: session.frame?.epoch && units <= DRAWN_UNITS ? { width: UNIT_SIDE, height: UNIT_SIDE } : null,
        parameters: small,
        gradients: state.values.show_gradients && small,
        ...network.task.frame(session, network.parameters),
        while_playing: {
          ...(!turn.plane && { grid: null, figures: "recorded" }),
          ...(!turn.network && { units: null, parameters: false, gradients: false, curve_after: Infinity }),
        },
      });
      const wanted_still = plane === session.plane && unit === session.unit;
      return frame && frame.run === session.network?.run && wanted_still ? completed(frame, session.frame, turn) : null;
    },
    take: (frame) => receive(session, frame),
    draw: () => session.dispatchEvent(new Event("frame")),
    write: () => session.dispatchEvent(new Event("figures")),
  };
}

/**
 * A frame with what was left out of it as it was before.
 *
 * @param {Frame} frame
 * @param {Frame | null} before
 * @param {Turn} turn
 * @returns {Frame}
 */
function completed(frame, before, { plane, network }) {
  if (!frame.playing || before?.run !== frame.run) return frame;
  const { grid, eval_loss, test_loss, accuracy, test_accuracy, parameters, gradients } = before;
  return {
    ...frame,
    ...(!plane && { grid, eval_loss, test_loss, accuracy, test_accuracy }),
    ...(!network && { parameters, gradients }),
  };
}

/** @param {Session} session @param {Frame} frame */
function receive(session, frame) {
  const { network, unit, idle } = session;
  const layers = network?.layers ?? [];
  if (frame.grid && unit && frame.grid !== session.frame?.grid) toShades(layers[unit.layer].activation ?? "identity", frame.grid);
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
