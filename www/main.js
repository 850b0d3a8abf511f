/** The page's start: the state from the URL and the browser, the session, and what ties them. */
import { followTheme } from "./colours.js";
import { firstFrameDrawn } from "./components/later.js";
import { redo, undo } from "./components/tools.js";
import { boundsOf, defaults, fields } from "./fields.js";
import { languageTag, loadLanguage, named, preferredLanguage, t } from "./i18n/index.js";
import { createNotices } from "./notices.js";
import { Page } from "./page.js";
import { Session } from "./session.js";
import { state } from "./state.js";
import { hashOf, readHash } from "./url.js";

/** The address follows the state after this long: browsers limit how often it may change. */
const HASH_DELAY = 200;
/** A page that is not up by then says so. */
const PATIENCE = 2500;
/** The smallest module that uses SIMD128: (func (drop (v128.const i64x2 0 0))). */
const SIMD_MODULE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 11,
);

const notices = createNotices();
const session = new Session(notices);

rememberInBrowser();
await loadLanguage(state.values.language);
followTheme();
followLanguage();
await applyHash();
const page = Object.assign(new Page(), { session, notices });
document.body.replaceChildren(page);
listen();

/** For tests and for the curious: what runs, to be read. Nothing of the page uses it. */
Object.defineProperty(window, "playground", {
  value: Object.freeze({
    get state() { return state.values; },
    get client() { return session.client; },
    get curve() { return session.curve; },
    get frame() { return session.frame; },
    get contour() { return page.boundary?.contour ?? []; },
  }),
});

await start();

async function start() {
  await writeHash();
  if (!WebAssembly.validate(SIMD_MODULE)) {
    notices.say("notice.no_simd", {}, { tone: "error" });
    return;
  }
  const slow = setTimeout(() => notices.say("notice.slow_start", {}, { tone: "warning" }), PATIENCE);
  setTimeout(firstFrameDrawn, PATIENCE);
  const look = () => {
    const { epoch = 0, step = 0, playing = false } = session.frame ?? {};
    const trained = epoch > 0 || step > 0;
    if (!trained && playing) return;
    session.removeEventListener("frame", look);
    // For whoever measures the start: nothing that can wait has been asked for yet.
    if (trained) performance.mark("first trained frame");
    firstFrameDrawn();
  };
  session.addEventListener("frame", look);
  try {
    await session.start();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    notices.say("notice.no_worker", { message }, { tone: "error" });
  }
  if (!session.network) firstFrameDrawn();
  clearTimeout(slow);
  notices.close("notice.slow_start");
}

/** Sets every field that a link may hold: to what it says, or to the default. */
async function applyHash() {
  const { changes, notices: found } = await readHash(location.hash);
  const { language, theme, ...rest } = defaults();
  state.set({ ...rest, ...changes }, "link");
  for (const [key, parameters] of found) {
    const { key: name = "", wrong } = parameters;
    const reason = wrong ? { reason: { key: wrong, parameters: boundsOf(name) } } : {};
    notices.say(key, { ...parameters, ...reason }, { id: `${key} ${name}`, tone: "warning" });
  }
}

function rememberInBrowser() {
  const kept = Object.values(fields).filter((field) => field.keep === "browser");
  state.set({ language: preferredLanguage(navigator.languages) });
  for (const { key } of kept) {
    const value = browserStore((store) => store.getItem(key));
    if (value) state.set({ [key]: value });
  }
  state.subscribe((keys) => {
    for (const { key } of kept.filter((field) => keys.includes(field.key))) {
      browserStore((store) => store.setItem(key, String(state.values[key])));
    }
  });
}

/**
 * Local storage is refused to some pages (in a sandbox, by a setting): they just do not remember.
 *
 * @template T
 * @param {(store: Storage) => T} use
 */
function browserStore(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

function followLanguage() {
  const apply = () => {
    document.documentElement.lang = languageTag(state.values.language);
    document.title = t("page.title");
  };
  apply();
  state.subscribe((keys) => { if (keys.includes("language")) apply(); });
}

function listen() {
  let pending = 0;
  state.subscribe(() => {
    clearTimeout(pending);
    pending = window.setTimeout(writeHash, HASH_DELAY);
  });
  addEventListener("hashchange", applyHash);
  addEventListener("keydown", togglePlay);
  listenForUndo();
  page.addEventListener("edit-lesson", () => page.openLessonEditor());
  page.addEventListener("open-csv", () => page.openCsv());
  page.addEventListener("refused", (event) => {
    const { field, value, reason } = /** @type {CustomEvent} */ (event).detail;
    const parameters = { key: named(field), value: String(value), reason };
    notices.say("notice.bad_value", parameters, { id: "refused" });
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("paste", pasteTable);
  addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) page.openCsv(file);
  });
}

/** A table that is pasted anywhere but into a control opens the dialog for one's own data. @param {ClipboardEvent} event */
function pasteTable(event) {
  const target = /** @type {Element} */ (event.target);
  const text = event.clipboardData?.getData("text") ?? "";
  if (target.closest("input, textarea, dialog") || !/[\t,;].*[\r\n]/.test(text)) return;
  event.preventDefault();
  page.openCsv(text);
}

async function writeHash() {
  const { values } = state;
  const hash = await hashOf(values);
  if (values !== state.values) return;
  history.replaceState(null, "", hash);
  const shared = values.dataset !== "csv" || new URLSearchParams(hash.slice(1)).has("csv");
  if (!shared) notices.say("notice.csv_too_big_for_link", {}, { tone: "warning" });
}

/** The space bar plays and pauses, unless a control or a dialog has the focus. @param {KeyboardEvent} event */
function togglePlay(event) {
  const target = /** @type {Element} */ (event.target);
  const busy = target.closest("button, input, select, textarea, summary, a, dialog");
  if (event.key !== " " || busy) return;
  event.preventDefault();
  page.driver.player.toggle();
}

/** Ctrl or Cmd with Z takes back, with Shift does again; while a text is typed, it is the text's own. */
function listenForUndo() {
  let typing = false;
  const typed = "input[type=text], input[type=number], textarea";
  addEventListener("input", ({ target }) => { typing = /** @type {Element} */ (target).matches(typed); });
  addEventListener("change", () => { typing = false; });
  addEventListener("focusout", () => { typing = false; });
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey)) return;
    if (typing || /** @type {Element} */ (target).closest("dialog")) return;
    event.preventDefault();
    (shiftKey ? redo : undo)(notices);
  });
}
