// Runs in the page's worker, put before its script: adds up the time that each exported function of
// the wasm takes, as it is called from JavaScript, and tells it on a channel.

export function meter() {
  /** @type {Record<string, number>} */
  let spent = {};
  let since = performance.now();
  let depth = 0;

  /** @param {string} name @param {Function} run */
  const timed = (name, run) => (/** @type {unknown[]} */ ...args) => {
    // What the wasm calls back for (memory, say) is part of the call that needed it.
    if (depth > 0) return run(...args);
    const start = performance.now();
    depth += 1;
    try {
      return run(...args);
    } finally {
      depth -= 1;
      spent[name] = (spent[name] ?? 0) + performance.now() - start;
    }
  };
  /** @param {any} instance */
  const metered = ({ exports }) => ({
    exports: Object.fromEntries(
      Object.entries(exports).map(([name, value]) => [
        name,
        typeof value === "function" ? timed(name, value) : value,
      ]),
    ),
  });
  for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
    const instantiate = /** @type {Function} */ (WebAssembly[name]);
    /** @type {any} */ (WebAssembly)[name] = async (/** @type {unknown[]} */ ...args) => {
      const made = await instantiate.apply(WebAssembly, args);
      return made.instance ? { ...made, instance: metered(made.instance) } : metered(made);
    };
  }

  const channel = new BroadcastChannel("meter");
  channel.onmessage = () => {
    const now = performance.now();
    channel.postMessage({ elapsed: now - since, spent });
    [since, spent] = [now, {}];
  };
}
