// A plain click on a link of a chart filters the page that is open, instead of loading it
// anew. Its address still works by itself: in a new tab, copied, or sent.

const MAIN = '[data-testid="stMain"]';
const LINK = `${MAIN} a.filters`;
const FIGURE = '[role="figure"]';

// How long a page may take to draw what was clicked, in milliseconds.
const PATIENCE = 10_000;

export default function chartLinks({ setTriggerValue }) {
  const follow = (search) => setTriggerValue("click", search);

  const onClick = (event) => {
    const isPlain = event.button === 0
      && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target.closest?.(LINK);
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    if (event.detail === 0) keepFocus(link);
    follow(link.getAttribute("href"));
  };

  // Points of a Plotly figure hold their link as their custom data.
  const onPoint = (event) => {
    const link = event.points.map((point) => point.customdata).find(Boolean);
    if (typeof link === "string" && link.startsWith("?")) follow(link);
  };
  const onPointer = (event) => {
    const figure = event.target.closest?.(`${MAIN} .js-plotly-plot`);
    if (!figure?.on || figure.chartLinks === onPoint) return;
    if (figure.chartLinks) figure.removeListener("plotly_click", figure.chartLinks);
    figure.chartLinks = onPoint;
    figure.on("plotly_click", onPoint);
  };

  document.addEventListener("click", onClick);
  document.addEventListener("pointerdown", onPointer, true);
  return () => {
    document.removeEventListener("click", onClick);
    document.removeEventListener("pointerdown", onPointer, true);
  };
}

// A chart that is drawn anew loses the focus: give it back to the same name in the same
// figure, so that a keyboard goes on from there.
function keepFocus(link) {
  const figure = link.closest(FIGURE)?.getAttribute("aria-label");
  const { textContent } = link;
  const same = () => {
    const drawn = [...document.querySelectorAll(FIGURE)]
      .find((one) => one.getAttribute("aria-label") === figure);
    const links = [...(drawn?.querySelectorAll("a.filters") ?? [])];
    return links.find((one) => one.textContent === textContent) ?? links[0];
  };
  const main = document.querySelector(MAIN);
  const changes = new MutationObserver(() => {
    if (link.isConnected) return;
    const found = document.activeElement === document.body && same();
    if (found) found.focus({ preventScroll: true });
    if (found || document.activeElement !== document.body) changes.disconnect();
  });
  changes.observe(main, { childList: true, subtree: true });
  setTimeout(() => changes.disconnect(), PATIENCE);
}
