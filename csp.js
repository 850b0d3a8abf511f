/**
 * The page's Content-Security-Policy, in the one place that names it: vite.config.js writes it into the
 * built page and into every response of the development server, and tests/page/server.js into every
 * response of the static server that the page tests use. (A worker is bound by the header of its own
 * response, not by the page's <meta>.)
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
