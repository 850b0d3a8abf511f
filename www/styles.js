/** Styles that not every page needs. A style sheet of its own, since the page's policy refuses inline ones. */

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** Loads a style sheet once; settles when it holds, or cannot be had. @param {string} url */
export function loadStyle(url) {
  const coming = loaded.get(url) ?? new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
  loaded.set(url, coming);
  return coming;
}
