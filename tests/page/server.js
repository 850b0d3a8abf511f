// A static host as plain as they come, for the page tests: dist/ under /any/folder/, with the
// Content-Security-Policy of csp.js as a response header. `node tests/page/server.js <port>`.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { CONTENT_SECURITY_POLICY } from "../../csp.js";

const SITE = fileURLToPath(new URL("../../dist/", import.meta.url));
const FOLDER = "/any/folder/";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".woff2": "font/woff2",
};

/**
 * The file that an address stands for; undefined outside of the folder.
 *
 * @param {string} address
 */
function fileOf(address) {
  const { pathname } = new URL(address, "http://localhost");
  const path = decodeURIComponent(pathname);
  if (!path.startsWith(FOLDER)) return undefined;
  const file = normalize(join(SITE, path.slice(FOLDER.length)));
  if (!file.startsWith(SITE)) return undefined;
  return path.endsWith("/") ? join(file, "index.html") : file;
}

const server = createServer(async (request, response) => {
  response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  try {
    const address = request.url ?? "/";
    const file = fileOf(address);
    if (file === undefined) throw new Error("outside of the site");
    const body = await readFile(file);
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    // Their names change with what is in them.
    if (address.includes("/assets/")) response.setHeader("Cache-Control", "max-age=31536000, immutable");
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end("not found");
  }
});

const [port = "4173"] = process.argv.slice(2);
server.listen(Number(port), "127.0.0.1");
