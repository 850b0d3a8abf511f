/** The page as a whole: the bar, the stage of the task, and what lies over them. */
import { html } from "lit";
import { keyed } from "lit/directives/keyed.js";

import "./components/choice.js";
import "./components/notice-list.js";
import "./components/presets.js";
import "./components/speed.js";
import "./components/tools.js";
import "./components/transport.js";
import "./views/explanation.js";
import { control } from "./components/control.js";
import { PageElement, UNSET } from "./components/element.js";
import { fields } from "./fields.js";
import { t } from "./i18n/index.js";
import { hidden } from "./lesson.js";
import { stages } from "./stages/index.js";
import { state } from "./state.js";

/** @import { Driver } from "./components/transport.js" */
/** @import { CsvPanel } from "./views/csv-panel.js" */
/** @import { LessonEditor } from "./views/lesson-editor.js" */
/** @import { DecisionBoundary } from "./views/decision-boundary.js" */
/** @import { TaskName } from "./fields/values.d.ts" */
/** @import { Session } from "./session.js" */
/** @import { Notices } from "./notices.js" */

export class Page extends PageElement {
  /** @type {Session} */
  session = UNSET;
  /** @type {Notices} */
  notices = UNSET;

  /** The task that `#stage` is for. */
  #task = /** @type {TaskName | ""} */ ("");
  /** @type {(HTMLElement & { driver?: any }) | null} */
  #stage = null;

  /** Opens the dialog for data of one's own, with a file or a text if there is one. @param {File | string} [source] */
  async openCsv(source) {
    await import("./views/csv-panel.js");
    const panel = /** @type {CsvPanel} */ (await this.#dialog("bce-csv-panel"));
    if (source instanceof File) await panel.openFile(source);
    else panel.open(source);
  }

  /** Opens the dialog for what a lesson hides. */
  async openLessonEditor() {
    await import("./views/lesson-editor.js");
    /** @type {LessonEditor} */ (await this.#dialog("bce-lesson-editor")).open();
  }

  /** A dialog of the page, which is made when it is first opened. @param {string} tag */
  async #dialog(tag) {
    if (!this.find(tag)) {
      const { session, notices } = this;
      this.append(Object.assign(document.createElement(tag), { session, notices }));
    }
    const dialog = this.find(tag);
    await dialog.updateComplete;
    return dialog;
  }

  /** @returns {DecisionBoundary | null} */
  get boundary() {
    return this.find("bce-decision-boundary");
  }

  /** What the bar steers: the session, or what the stage trains in its place. @returns {Driver} */
  get driver() {
    return this.#stage?.driver ?? this.session;
  }

  render() {
    const { session, notices } = this;
    const stage = this.#stageOf(state.values.task);
    const { driver } = this;
    return html`
      <header class="bar">
        <h1 class="brand">${t("page.name")}</h1>
        ${fields.task.choices.length > 1 && !hidden("task") ? control("task") : ""}
        ${hidden("presets") ? "" : html`<bce-presets></bce-presets>`}
        ${keyed(driver, html`<bce-transport class="transport" .driver=${driver}></bce-transport>`)}
        ${hidden("speed") ? "" : html`<bce-speed field="speed"></bce-speed>`}
        <bce-tools class="tools" .notices=${notices}></bce-tools>
      </header>
      <main>${stage}</main>
      <bce-notice-list .notices=${notices}></bce-notice-list>
      <bce-explanation .session=${session}></bce-explanation>`;
  }

  /** The stage of the task; until it is loaded, the one before. @param {TaskName} task */
  #stageOf(task) {
    if (task !== this.#task) {
      this.#task = task;
      const { tag, load } = stages[task];
      const show = () => {
        if (task !== this.#task) return;
        const { session, notices } = this;
        const stage = Object.assign(document.createElement(tag), { session, notices });
        stage.className = "stage";
        this.#stage = stage;
        this.requestUpdate();
      };
      load().then(show);
    }
    return this.#stage;
  }
}

customElements.define("bce-page", Page);
