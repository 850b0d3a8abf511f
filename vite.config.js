import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { CONTENT_SECURITY_POLICY } from "./csp.js";

/** @param {string} path from the repository's root */
const absolute = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The policy in the built page and in every answer of the development server.
 *
 * @returns {import("vite").Plugin[]}
 */
function contentSecurityPolicy() {
  return [
    {
      name: "content-security-policy:header",
      configureServer(server) {
        server.middlewares.use(header);
      },
      configurePreviewServer(server) {
        server.middlewares.use(header);
      },
    },
    {
      name: "content-security-policy:meta",
      apply: "build",
      transformIndexHtml: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
          injectTo: "head-prepend",
        },
      ],
    },
  ];
}

/** @type {import("vite").Connect.NextHandleFunction} */
function header(_request, response, next) {
  response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  next();
}

export default defineConfig({
  root: absolute("www"),
  // Relative addresses: the built site works from any folder of any static host.
  base: "./",
  plugins: [contentSecurityPolicy()],
  // The overlay styles itself inline, which the policy forbids; errors are in the terminal.
  server: { hmr: { overlay: false } },
  worker: { format: "es" },
  build: {
    outDir: absolute("dist"),
    emptyOutDir: true,
    target: "es2022",
    // Nothing as a data: address, which the policy would not let the page fetch.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
