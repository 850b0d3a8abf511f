/** The loss over the epochs, of the train and of the test data, as it forms; with what it was before. */
import { html, render } from "lit";
import uPlot from "uplot";

import "../components/toggle.js";
import { control } from "../components/control.js";
import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { menu } from "../components/menu.js";
import { token } from "../colours.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { keepSharp } from "./canvas.js";
import { saveNumbers, savePicture } from "./curve/files.js";
import { createGhost } from "./curve/ghosts.js";
import { createKeys } from "./curve/keys.js";
import { createPoints, linesFor, nonFinite } from "./curve/lines.js";
import { marksPainter } from "./curve/marks.js";
import { markText, runName } from "./curve/naming.js";
import { createRanges } from "./curve/ranges.js";
import { readingAt, readoutTemplate, readoutText } from "./curve/readout.js";
import { runsTable } from "./curve/runs-table.js";
import { createZoom, followGestures } from "./curve/zoom.js";
import { chartOptions } from "./loss-chart.js";

/** @import { Session } from "../session.js" */
/** @import { Ghost } from "./curve/ghosts.js" */
/** @import { Line } from "./curve/lines.js" */
/** @import { ChartMark } from "./curve/marks.js" */
/** @import { View } from "./curve/ranges.js" */

/** Below this height the earlier runs are named in their table only. */
const LOW = 170;
/** A ghost is fainter than the present run, but for the one that is pointed at. */
const FAINT = 0.55;
/** The table of runs follows the present one this often, in milliseconds. */
const TABLE_INTERVAL = 300;
/** What makes another chart, beside its lines. @type {(keyof typeof state.values)[]} */
const LOOKS = ["log_scale", "log_epoch", "smoothing", "language"];

export class LossCurve extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {uPlot | null} */
  #chart = null;
  #looks = "";
  /** @type {Line[]} */
  #lines = [];
  /** The lines that are switched off, by their ids. @type {Set<string>} */
  #off = new Set();
  /** @type {ReturnType<typeof createPoints>} */
  #points = UNSET;
  /** @type {ReturnType<typeof createRanges>} */
  #ranges = UNSET;
  /** @type {Ghost[]} */
  #ghosts = [];
  /** The run that is pointed at in the legend. @type {number | null} */
  #pointed = null;
  /** @type {ChartMark[]} */
  #marks = [];
  /** What training has stopped at, as it is drawn. */
  #stop = /** @type {NonNullable<Session["frame"]>["non_finite"]} */ (null);
  /** @type {View} */
  #view = { x: null, y: null };
  #tableDrawn = 0;

  #zoom = createZoom({
    chart: () => this.#chart,
    view: this.#view,
    ranges: () => this.#ranges,
    changed: () => {
      this.#chart?.redraw();
      this.requestUpdate();
    },
  });

  #keys = createKeys({
    chart: () => this.#chart,
    curve: () => this.session.curve,
    zoom: this.#zoom,
    moved: () => this.#announce(),
  });

  render() {
    const { runs, curve } = this.session;
    const { zoomed } = this.#zoom;
    return html`
      <div class="curve-bar">
        <div class="curve-legend" role="group" aria-label=${t("curve.lines")}>
          ${linesFor(state.values, this.session.curve).map((line) => this.#lineChip(line))}
        </div>
        <div class="curve-tools" @click=${() => this.requestUpdate()}>
          <button type="button" class="icon-button small" ?disabled=${!zoomed} aria-label=${t("curve.whole")}
            title=${t("curve.whole")} @click=${this.#zoom.reset}>${icon("whole")}</button>
          ${hidden("log_scale") ? "" : html`<bce-toggle field="log_scale"></bce-toggle>`}
          ${menu({ id: "curve-runs", label: t("curve.runs"), look: "icon-button small", content: html`${icon("runs")}
            ${runs.comparable.length === 0 ? "" : html`<span class="badge figure">${runs.comparable.length}</span>`}`,
          body: runsTable(runs, curve) })}
          ${menu({ id: "curve-menu", label: t("curve.menu"), look: "icon-button small", content: icon("more"),
            body: this.#menu() })}
        </div>
      </div>
      ${runs.comparable.length === 0 ? "" : html`<div class="curve-runs" role="group" aria-label=${t("curve.earlier")}>
        ${runs.comparable.map((run) => this.#runChip(run))}</div>`}
      <div class="chart" role="slider" tabindex="0" aria-label=${t("curve.label")} aria-describedby="curve-keys"
        aria-valuemin="0" aria-valuemax="0" aria-valuenow="0" aria-orientation="horizontal"
        @keydown=${this.#keys.press} @focus=${this.#keys.focus} @blur=${this.#keys.leave}>
        <div class="readout" hidden></div>
      </div>
      <span class="unseen" id="curve-keys">${t("curve.keys")}</span>`;
  }

  #menu() {
    return html`
      ${[control("smoothing"), control("log_epoch"), control("show_parts"), control("show_accuracy")]}
      <div class="menu-buttons">
        <button type="button" class="button" @click=${this.#savePicture}>${t("curve.save_png")}</button>
        <button type="button" class="button" @click=${this.#saveNumbers}>${t("curve.save_csv")}</button>
      </div>
      <p class="menu-note">${t("curve.gestures")}</p>`;
  }

  /** @param {Line} line */
  #lineChip({ id, label }) {
    const toggle = () => {
      if (!this.#off.delete(id)) this.#off.add(id);
      this.#rebuild();
      this.requestUpdate();
    };
    return html`<button type="button" class="chip" aria-pressed=${!this.#off.has(id)} @click=${toggle}>
      <span class="line-sample ${id}"></span>${t(label)}</button>`;
  }

  /** @param {Session["runs"]["kept"][number]} run */
  #runChip(run) {
    const { runs } = this.session;
    const { full, short } = runName(run, runs.present);
    const point = (/** @type {number | null} */ id) => () => {
      this.#pointed = id;
      this.#chart?.redraw(false);
    };
    return html`<button type="button" class="chip run" aria-pressed=${run.shown} title=${full} data-run=${run.id}
      @click=${() => runs.show(run.id, !run.shown)} @pointerenter=${point(run.id)} @focus=${point(run.id)}
      @pointerleave=${point(null)} @blur=${point(null)}>
      <span class="line-sample run-${run.slot + 1}"></span><span class="chip-name">${short}</span></button>`;
  }

  firstUpdated() {
    const { session } = this;
    const space = this.find(".chart");
    this.listen(session, "frame", () => this.#follow());
    this.listen(session, "run", () => this.#forget());
    this.listen(session.runs, "change", () => this.#changed());
    this.untilGone(keepSharp([space], () => this.#rebuild()));
    this.untilGone(followGestures(space, () => this.#chart, this.#zoom));
    this.untilGone(() => this.#chart?.destroy());
  }

  updated() {
    this.find(".chart").classList.toggle("zoomed", this.#zoom.zoomed);
    if (this.#chart && this.#looks !== this.#wanted) this.#rebuild();
    this.#chart?.syncRect(true);
  }

  get #wanted() {
    const lines = linesFor(state.values, this.session.curve).map(({ id }) => id);
    return JSON.stringify([lines, ...LOOKS.map((key) => state.values[key])]);
  }

  /** Another chart: of another size, in other colours, of other lines. */
  #rebuild() {
    const space = this.find(".chart");
    const { clientWidth: width, clientHeight: height } = space;
    if (width === 0 || height === 0) return;
    const { curve } = this.session;
    const { log_scale: log, smoothing } = state.values;
    this.classList.toggle("low", this.clientHeight < LOW);
    this.#looks = this.#wanted;
    this.#lines = linesFor(state.values, this.session.curve);
    this.#points = createPoints(curve, this.#lines, { smoothing, log });
    this.#points.update();
    // A mark may stand in the epoch after the last that is recorded.
    const recorded = () => Math.max(curve.last_epoch, ...this.#marks.map(({ epoch }) => epoch));
    this.#ranges = createRanges({ view: this.#view, ghosts: () => this.#ghosts, log, recorded });
    this.#haunt();
    const options = this.#options(width, height, this.#ranges);
    this.#chart?.destroy();
    this.#chart = new uPlot(options, this.#data(), space);
  }

  /** @param {number} width @param {number} height @param {ReturnType<typeof createRanges>} ranges @param {number} [enlarged] */
  #options(width, height, ranges, enlarged = 1) {
    const { log_scale, log_epoch, smoothing } = state.values;
    const options = chartOptions({ width, height, enlarged, log_scale, log_epoch, lines: this.#lines,
      smoothed: smoothing > 0, shown: ({ id }) => !this.#off.has(id), ranges });
    const pixels = enlarged * devicePixelRatio;
    const drawMarks = marksPainter(pixels);
    options.hooks = {
      drawAxes: [(chart) => this.#drawGhosts(chart, pixels)],
      draw: [(chart) => drawMarks(chart, this.#marks)],
      setCursor: [(chart) => { if (chart === this.#chart) this.#tell(); }],
    };
    return options;
  }

  /** @returns {uPlot.AlignedData} */
  #data() {
    return /** @type {any} */ ([this.session.curve.column("epoch"), ...this.#points.columns]);
  }

  /** A frame: nothing is drawn unless the curve has got a point, or training has stopped at a NaN. */
  #follow() {
    const chart = this.#chart;
    const stop = this.session.frame?.non_finite ?? null;
    const stopped = JSON.stringify(stop) !== JSON.stringify(this.#stop);
    if (chart && (this.#points.update() || stopped)) {
      this.#stop = stop;
      this.#marks = this.#marksNow();
      chart.setData(this.#data());
      this.#keys.hold();
    }
    const now = performance.now();
    if (now - this.#tableDrawn < TABLE_INTERVAL || !this.find("#curve-runs").matches(":popover-open")) return;
    this.#tableDrawn = now;
    this.requestUpdate();
  }

  /** Another run begins: what was looked at closely is no more. */
  #forget() {
    this.#keys.leave();
    this.#view.x = null;
    this.#view.y = null;
  }

  /** Other runs to compare, or another mark. */
  #changed() {
    this.#haunt();
    this.#marks = this.#marksNow();
    this.#chart?.setData(this.#data());
    this.requestUpdate();
  }

  /** Makes the ghosts of the runs that are shown. */
  #haunt() {
    const { smoothing } = state.values;
    this.#ghosts = this.session.runs.comparable.filter((run) => run.shown).map((run) => createGhost(run, smoothing));
  }

  /** @returns {ChartMark[]} */
  #marksNow() {
    const { curve, runs, frame } = this.session;
    const changes = (runs.present?.marks ?? []).map((mark) => ({ epoch: mark.epoch, text: markText(mark), bad: false }));
    const spots = nonFinite(curve).map((spot) => ({ ...spot, bad: true }));
    return [...changes, ...spots, ...stopOf(frame)];
  }

  /** @param {uPlot} chart @param {number} pixels */
  #drawGhosts(chart, pixels) {
    if (this.#ghosts.length === 0) return;
    const { ctx, bbox: { left, top, width, height } } = chart;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.lineJoin = "round";
    for (const ghost of this.#ghosts) {
      const alpha = this.#pointed === ghost.run.id ? 1 : this.#pointed === null ? FAINT : FAINT / 2;
      ghost.draw(chart, alpha, pixels);
    }
    ctx.restore();
  }

  /** The values under the cursor; null where there is none. */
  #reading() {
    const { curve, runs } = this.session;
    const chart = this.#chart;
    const k = chart?.cursor.idx;
    if (!chart || k === null || k === undefined || k >= curve.length || !(Number(chart.cursor.left) >= 0)) return null;
    const place = (/** @type {number} */ epoch) => chart.valToPos(epoch, "x");
    const here = place(curve.column("epoch")[k]);
    return readingAt({
      curve,
      k,
      lines: this.#lines.filter(({ id }) => !this.#off.has(id)),
      ghosts: this.#ghosts,
      nameOf: (ghost) => runName(ghost.run, runs.present).short,
      marks: this.#marks.filter(({ epoch }) => Math.abs(place(epoch) - here) < 5),
    });
  }

  /** Draws the values beside the cursor, on the side where there is room. */
  #tell() {
    const readout = this.find(".readout");
    const reading = this.#reading();
    readout.hidden = reading === null;
    const chart = this.#chart;
    if (!reading || !chart) return;
    render(readoutTemplate(reading), readout);
    const at = Number(chart.cursor.left);
    const { offsetLeft, offsetTop, clientWidth } = chart.over;
    const right = at < clientWidth / 2;
    readout.style.left = right ? `${offsetLeft + at + 12}px` : "auto";
    readout.style.right = right ? "auto" : `${this.find(".chart").clientWidth - offsetLeft - at + 12}px`;
    readout.style.top = `${offsetTop + 4}px`;
  }

  /** Says the values to a screen reader: only when the cursor was moved by a key. */
  #announce() {
    const reading = this.#reading();
    if (!reading) return;
    const space = this.find(".chart");
    space.setAttribute("aria-valuemax", String(this.session.curve.last_epoch));
    space.setAttribute("aria-valuenow", String(reading.epoch));
    space.setAttribute("aria-valuetext", readoutText(reading));
  }

  #savePicture = () => {
    const { runs } = this.session;
    const lines = this.#lines.filter(({ id }) => !this.#off.has(id));
    const key = [
      ...lines.map(({ label, colour, dash }) => ({ text: t(label), colour: token(colour), dash })),
      ...this.#ghosts.map((ghost) => ({ text: runName(ghost.run, runs.present).full, colour: ghost.colour })),
    ];
    return savePicture((size, enlarged) => new uPlot(this.#options(size.width, size.height, this.#ranges, enlarged),
      this.#data()), key);
  };

  #saveNumbers = () => saveNumbers(this.session);
}

/** Where training stopped because something was not finite. @param {Session["frame"]} frame @returns {ChartMark[]} */
function stopOf(frame) {
  const stop = frame?.non_finite;
  if (!frame || !stop) return [];
  const epoch = stop.epoch + stop.step / frame.steps_per_epoch;
  return [{ epoch, text: t("curve.not_finite", { quantity: stop.quantity }), bad: true }];
}

customElements.define("bce-loss-curve", LossCurve);
