// What www/main.js puts on the window, for the tests.

import type { Frame, TrainerClient } from "bce-playground/client";
import type { Curve } from "../../www/curve.js";
import type { Values } from "../../www/fields.js";
import type { Line } from "../../www/views/contours.js";

declare global {
  /** The contest on show, in tests of networks side by side. */
  function contestOf(): any;

  interface Window {
    readonly playground: {
      readonly state: Values;
      readonly client: TrainerClient;
      readonly curve: Curve;
      readonly frame: Frame | null;
      readonly contour: Line[];
    };
    /** The page's workers, in tests that kill them. */
    workers: Worker[];
  }
}
