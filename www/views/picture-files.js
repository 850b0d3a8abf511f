/** What the boundary, the network and the schedule are saved as: the picture as PNG, its numbers as CSV. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { menu } from "../components/menu.js";
import { saveCSV, savePNG } from "../export.js";
import { loadTexts, t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Column, Layer } from "../export.js" */
/** @import { Session } from "../session.js" */
/** @import { ScheduleCurve } from "./schedule-curve.js" */

await loadTexts({
  en: () => import("../i18n/en/pictures.js"),
  zh: () => import("../i18n/zh/pictures.js"),
});

/**
 * @typedef {object} Picture
 * @property {string} layers the selector of its canvases
 * @property {() => string} title
 * @property {(session: Session) => Promise<Record<string, Column> | null>} columns null: there is nothing yet
 */

/** @type {Record<string, Picture>} */
const pictures = {
  boundary: {
    layers: "bce-decision-boundary canvas",
    title: () => `${t("panel.boundary")}, ${t("field.threshold")} ${state.values.threshold}`,
    columns: async (session) => gridColumns(session),
  },
  network: {
    layers: ".network-picture",
    title: () => t("panel.network"),
    columns: parameterColumns,
  },
  schedule: {
    layers: ".schedule-picture",
    title: () => `${t("field.lr")}, ${state.values.scheduler}`,
    columns: async () => {
      const { rates } = /** @type {ScheduleCurve} */ (document.querySelector("bce-schedule-curve"));
      return rates && { epoch: Array.from(rates.keys(), (epoch) => epoch + 1), lr: rates };
    },
  },
};

/** The probability at each sample of the picture, in the data's own units. @param {Session} session */
function gridColumns({ frame, plane }) {
  if (!frame?.grid || !plane) return null;
  const { grid } = frame;
  const side = Math.sqrt(grid.length);
  /** @param {number} axis @param {number} share of the way along it */
  const place = (axis, share) => {
    const [low, high] = axis === 0 ? plane.x : plane.y;
    return (low + (high - low) * share) * plane.scale[axis] + plane.offset[axis];
  };
  const [across, up] = plane.names;
  return {
    [across]: Float64Array.from(grid, (_, k) => place(0, ((k % side) + 0.5) / side)),
    // The picture's first row is its top.
    [up === across ? `${up} (2)` : up]: Float64Array.from(grid, (_, k) => place(1, 1 - (Math.floor(k / side) + 0.5) / side)),
    probability: grid,
  };
}

/** Every weight and bias under PyTorch's names, its row and column counted from 0 as there. @param {Session} session */
async function parameterColumns({ client }) {
  /** @type {Record<"parameter" | "row" | "column" | "value", (string | number | null)[]>} */
  const columns = { parameter: [], row: [], column: [], value: [] };
  for (const [name, { shape, data }] of Object.entries(await client.stateDict())) {
    const width = shape[1] ?? 1;
    data.forEach((value, k) => {
      columns.parameter.push(name);
      columns.row.push(Math.floor(k / width));
      columns.column.push(shape.length > 1 ? k % width : null);
      columns.value.push(value);
    });
  }
  return columns;
}

export class PictureFiles extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** Which picture. */
  get #name() {
    return String(this.getAttribute("of"));
  }

  render() {
    return menu({
      id: `files-${this.#name}`,
      label: t(`pictures.save.${this.#name}`),
      look: "icon-button",
      content: icon("download"),
      body: html`<ul class="choices">
        <li><button type="button" @click=${this.#savePicture}>${t("curve.save_png")}</button></li>
        <li><button type="button" @click=${this.#saveNumbers}>${t("curve.save_csv")}</button></li>
      </ul>`,
    });
  }

  #savePicture = () => {
    const { layers, title } = pictures[this.#name];
    const found = /** @type {Layer[]} */ ([...document.querySelectorAll(layers)]);
    savePNG(found.filter((layer) => layer.checkVisibility()), this.#name, { title: title() });
    this.find("[popover]").hidePopover();
  };

  #saveNumbers = async () => {
    this.find("[popover]").hidePopover();
    const columns = await this.session.tell(() => pictures[this.#name].columns(this.session));
    if (columns) saveCSV(columns, this.#name);
  };
}

customElements.define("bce-picture-files", PictureFiles);
