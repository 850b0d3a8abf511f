/** Style sheets that only one task needs: they come with its stage, by a link, as the page's policy wants. */

/** Adds a style sheet and waits until it holds. @param {URL} address */
export function loadStyles(address) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address.href });
    link.addEventListener("load", resolve);
    // Without it the page is plain, but it is there.
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}
