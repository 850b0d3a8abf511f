/**
 * Which pictures the next frame is to bring while it plays. Those of the plane and of the network take
 * turns, so that no frame has to draw both, and the plane's take no more of the worker's time than a share.
 */

/** So old the plane's become, in milliseconds: until the second next frame of most screens, or the third. */
const [PLANE, DEAR_PLANE] = [28, 45];
/** And the network's, until the third or the fourth; where frames are few they come along with the plane's. */
const [NETWORK, LATE_NETWORK] = [45, 60];
/** Of the worker's time, for the plane. */
const SHARE = 0.05;

/** @typedef {{ plane: boolean, network: boolean }} Turn */

export class Turns {
  #plane = -Infinity;
  #network = -Infinity;
  /** What a picture of the plane takes the worker, in milliseconds. */
  #cost = 0;

  /** Both are wanted, however new they are. */
  renew() {
    this.#plane = this.#network = -Infinity;
  }

  /** How long the newest picture of the plane took. @param {number} milliseconds */
  took(milliseconds) {
    // Now and then another program is in between.
    this.#cost += (Math.min(milliseconds, DEAR_PLANE * SHARE) - this.#cost) / 8;
  }

  /** @param {number} now of the animation frame @returns {Turn} */
  next(now) {
    const plane = now - this.#plane >= Math.max(PLANE, this.#cost / SHARE);
    const network = now - this.#network >= (plane ? LATE_NETWORK : NETWORK);
    if (plane) this.#plane = now;
    if (network) this.#network = now;
    return { plane, network };
  }
}
