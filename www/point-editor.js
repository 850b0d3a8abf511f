/**
 * The tools to draw points with: which one is in hand, and what it does to the points. Every edit is
 * one change of the state, `dataset: "points"` with the new `points`; the session follows it as it
 * follows all others. Event: "change", when another tool is in hand.
 */
import { datasets } from "./fields.js";
import { history } from "./history.js";
import {
  MOST_POINTS, decodePoints, encodePoints, nearestPoint, pointsOfPlane, snapped, spray,
} from "./points.js";
import { state } from "./state.js";

/** @import { Notices } from "./notices.js" */
/** @import { Point } from "./points.js" */
/** @import { Session } from "./session.js" */

/** @typedef {"point" | "brush" | "move" | "erase"} Tool */
/** @typedef {{ x: number, y: number }} Place on the plane */

/** @type {Tool[]} */
export const tools = ["point", "brush", "move", "erase"];

/** The brush's radius, how far it goes from one dab to the next, and the points of its first one. */
export const BRUSH = { radius: 0.75, spacing: 0.3, first: 3 };

export class PointEditor extends EventTarget {
  /** Whether the pointer draws, rather than asks what the network says. */
  active = false;
  /** @type {Tool} */
  tool = "point";
  /** Of the points that are added. @type {0 | 1} */
  label = 1;
  /** Whether they are test points. */
  test = false;

  #session;
  #notices;
  /** The list that the text of the state spells. @type {{ text: string, points: Point[] }} */
  #decoded = { text: "", points: [] };
  /** The point that the pointer or the keyboard has picked up. */
  #held = -1;
  /** Where the brush has been last. @type {Place | null} */
  #last = null;

  /** @param {Session} session @param {Notices} notices */
  constructor(session, notices) {
    super();
    this.#session = session;
    this.#notices = notices;
    // Another set was chosen that has to be made one's own first.
    state.subscribe((keys) => { if (keys.includes("dataset") && !isPlanar()) this.activate(false); });
  }

  /** All points: one's own, or those of the set on show, with which one would begin. */
  get points() {
    const { dataset, points: text } = state.values;
    if (dataset !== "points") return this.#session.plane ? pointsOfPlane(this.#session.plane) : [];
    if (this.#decoded.text !== text) this.#decoded = { text, points: decodePoints(text) };
    return this.#decoded.points;
  }

  /** The point that is picked up, if any. */
  get held() {
    return /** @type {Point | undefined} */ (this.points[this.#held]);
  }

  /** Takes the tools in hand, or lays them down. @param {boolean} active */
  activate(active) {
    if (active === this.active) return;
    this.active = active;
    this.release();
    // Only the two features on show can be drawn: of data with more the picture changes now, and not
    // under the first stroke.
    if (active && !isPlanar()) this.takeOver();
    this.#tell();
  }

  /** @param {Partial<Pick<PointEditor, "tool" | "label" | "test">>} chosen */
  choose(chosen) {
    this.release();
    Object.assign(this, chosen);
    if (chosen.test) state.set({ show_test: true });
    this.#tell();
  }

  /** Makes the points on show one's own, as they are. */
  takeOver() {
    this.#set(this.points);
  }

  /** An empty plane. */
  clear() {
    this.release();
    this.#set([]);
  }

  /** The pointer goes down. @param {Place} place @param {number} reach of the finger or the mouse */
  press(place, reach) {
    this.release();
    history.beginStroke();
    if (this.tool === "point") this.#held = this.add([place], this.label) ? this.points.length - 1 : -1;
    else if (this.tool === "move") this.#held = this.nearest(place, reach);
    else if (this.tool === "erase") this.remove(place, reach);
    else this.#dab(place, BRUSH.first);
  }

  /** The pointer moves while it is down. @param {Place} place @param {number} reach */
  drag(place, reach) {
    if (this.tool === "erase") this.remove(place, reach);
    else if (this.tool !== "brush") this.carry(place);
    else if (this.#last && Math.hypot(place.x - this.#last.x, place.y - this.#last.y) >= BRUSH.spacing) {
      this.#dab(place, 1);
    }
  }

  /** The pointer is lifted, or what was picked up is put down. */
  release() {
    this.#held = -1;
    this.#last = null;
    history.endStroke();
  }

  /**
   * Adds points; false, with the reason said, if there is no room for them.
   *
   * @param {Place[]} places
   * @param {0 | 1} label
   */
  add(places, label) {
    const { points } = this;
    const { test } = this;
    if (points.length + places.length > MOST_POINTS) {
      this.#notices.say("points.full", { most: MOST_POINTS }, { id: "points" });
      return false;
    }
    const added = places.map(({ x, y }) => ({ x: snapped(x), y: snapped(y), label, test }));
    this.#set([...points, ...added]);
    return true;
  }

  /** Removes the nearest point within reach, and returns it. @param {Place} place @param {number} [reach] */
  remove(place, reach) {
    const nearest = this.nearest(place, reach);
    const { points } = this;
    if (nearest < 0) return null;
    this.#set(points.filter((_, k) => k !== nearest));
    return points[nearest];
  }

  /** Picks up the nearest point within reach, and returns it. @param {Place} place @param {number} [reach] */
  pick(place, reach) {
    this.release();
    history.beginStroke();
    this.#held = this.nearest(place, reach);
    return this.held ?? null;
  }

  /** Moves the point that is picked up. @param {Place} place */
  carry(place) {
    const { points, held } = this;
    if (!held) return;
    const moved = { ...held, x: snapped(place.x), y: snapped(place.y) };
    this.#set(points.with(this.#held, moved));
  }

  /** The nearest of the points in sight, by its place in the list. @param {Place} place @param {number} [reach] */
  nearest(place, reach) {
    const { points } = this;
    if (state.values.show_test) return nearestPoint(points, place, reach);
    const visible = points.filter(({ test }) => !test);
    return points.indexOf(visible[nearestPoint(visible, place, reach)]);
  }

  /** @param {Place} place @param {number} count */
  #dab(place, count) {
    this.#last = place;
    this.add(spray(place, BRUSH.radius, this.points.length, count), this.label);
  }

  /** @param {readonly Point[]} points */
  #set(points) {
    state.set({ dataset: "points", points: encodePoints(points), x_feature: null, y_feature: null });
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Whether the data are points of the plane, with two features and no others. */
const isPlanar = () => ["generated", "drawn"].includes(datasets[state.values.dataset].kind);
