import { defineConfig, devices } from "@playwright/test";

// `cargo xtask test page` names both; these are for a run by hand.
const port = process.env.PAGE_PORT ?? "4173";
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

// The site is served from a folder, not from the root, since that is where people will put it.
const site = `http://127.0.0.1:${port}/any/folder/`;

/** How the tests, and the benchmark, start Chromium. */
export const LAUNCH_OPTIONS = {
  executablePath: chromium,
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Chromium's sandbox does not start as root, as in a container.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
};

export default defineConfig({
  testDir: "tests/page",
  outputDir: "tests/page/results",
  // A test waits for conditions, not for times: so they may share the processor with each other, and
  // with most groups of `cargo xtask test`.
  workers: 2,
  fullyParallel: true,
  // On a machine that is busy with something else a browser may be starved of its processor for seconds.
  // What passes only when tried again is named at the end.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: site,
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // The page is emptied at the end of a test, and photographed before if that failed: see playground.js.
    screenshot: "off",
    trace: "off",
    // A page, emptied, is for one test after the other: to make a window costs as much as a short test.
    reuseContext: true,
    launchOptions: LAUNCH_OPTIONS,
  },
  webServer: {
    command: `node tests/page/server.js ${port}`,
    url: site,
    reuseExistingServer: false,
    stdout: "ignore",
  },
});
