/** What runs and changes are called: by what differs. */
import { choiceLabel, fields } from "../../fields.js";
import { formatNumber, hasText, labelOf, t } from "../../i18n/index.js";
import { equal } from "../../runs.js";

/** @import { Values } from "../../fields.js" */
/** @import { KeptRun, Mark, Run } from "../../runs.js" */

/** So many differences make a short name. */
const SHORT = 2;

/** A field's value as it stands in a name. @param {keyof Values} key @param {any} value @returns {string} */
function valueText(key, value) {
  const field = fields[key];
  if (value === null) return "–";
  if (typeof value === "boolean") return t(value ? "curve.on" : "curve.off");
  if (typeof value === "number") {
    return field.percent ? `${formatNumber(value * 100)} %` : `${formatNumber(value)}${field.unit ?? ""}`;
  }
  if (Array.isArray(value)) return value.length === 0 ? t("curve.none") : value.map((each) => valueText(key, each)).join(", ");
  const choice = choiceLabel(field, String(value));
  if (hasText(choice)) return t(choice);
  return String(value).length > 24 ? `${String(value).slice(0, 22)}…` : String(value);
}

/** "lr 0.1", "hidden 4, 2", "Adam": PyTorch's names as they are. @param {keyof Values} key @param {string} text */
function named(key, text) {
  const field = fields[key];
  if (field.type === "choice" && !hasText(`curve.name.${key}`)) return text;
  if (field.type === "text") return labelOf(field);
  return `${hasText(`curve.name.${key}`) ? t(`curve.name.${key}`) : field.argument} ${text}`;
}

/** A change by hand, as its mark on the chart says it. @param {Mark} mark */
export function markText({ key, after, text }) {
  if (text) return t(text.key, text.parameters);
  return key ? named(key, valueText(key, after)) : "";
}

/**
 * What differs in a run from the present one: values that changed in its course with both ends.
 *
 * @param {Run} run
 * @param {Run} present
 * @returns {string[]}
 */
export function differences(run, present) {
  const keys = /** @type {(keyof Values)[]} */ (Object.keys(run.values));
  const texts = keys.filter((key) => fields[key].effect !== "view").flatMap((key) => {
    const { when } = fields[key];
    const [begin, end, now] = [run.values[key], run.last[key], present.last[key]];
    if (!equal(begin, end)) return [named(key, `${valueText(key, begin)} → ${valueText(key, end)}`)];
    const differs = !equal(begin, now) && when(run.values);
    return differs ? [named(key, valueText(key, begin))] : [];
  });
  const edits = run.marks.flatMap(({ text }) => (text ? [t(text.key, text.parameters)] : []));
  return [...texts, ...new Set(edits)];
}

/** A run's name, in full and short. @param {KeptRun} run @param {Run | null} present */
export function runName(run, present) {
  const all = present ? differences(run, present) : [];
  if (all.length === 0) return { full: t("curve.same"), short: t("curve.same") };
  const more = all.length - SHORT;
  const short = all.slice(0, SHORT).join(" · ");
  return { full: all.join(" · "), short: more > 0 ? `${short} +${more}` : short };
}
