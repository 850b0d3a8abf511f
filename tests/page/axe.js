// What axe-core finds, for the page tests.

import AxeBuilder from "@axe-core/playwright";

/** @import { Page } from "@playwright/test" */

/**
 * What axe-core finds on the page, or in a part of it. In the page itself, since it has no frames: otherwise
 * what was seen would be carried to another page, and judged there.
 *
 * @param {Page} page
 * @param {string} [part] its selector
 */
export async function findings(page, part) {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
