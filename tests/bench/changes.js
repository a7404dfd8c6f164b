// Notes when the page's main part changes last: its DOM, and what is drawn on its
// canvases (tables and maps). Times are milliseconds since the page was asked for.
(() => {
  const seen = { key: 0, last: 0, changes: 0 };
  window.benchSeen = seen;

  const note = () => {
    seen.last = performance.now();
    seen.changes += 1;
  };
  const isInMain = (node) => {
    const element = node instanceof Element ? node : node?.parentElement;
    return Boolean(element?.closest('[data-testid="stMain"]'));
  };

  new MutationObserver((records) => {
    if (records.some((record) => isInMain(record.target))) note();
  }).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });

  const watch = (context, names) => {
    for (const name of names) {
      const draw = context?.prototype[name];
      if (!draw) continue;
      context.prototype[name] = function (...given) {
        if (isInMain(this.canvas)) note();
        return draw.apply(this, given);
      };
    }
  };
  const gl = ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"];
  watch(window.CanvasRenderingContext2D, ["fillRect", "fillText", "drawImage", "stroke"]);
  watch(window.WebGLRenderingContext, gl);
  watch(window.WebGL2RenderingContext, gl);

  // The key that chooses: from here on, what changes is the answer to it.
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    Object.assign(seen, { key: event.timeStamp, last: 0, changes: 0 });
  }, true);
})();
