// Replaces the document by its picture as SVG: the boxes with a color, the borders, and
// each line of text stand where the browser has put them. Figures that are SVG stay so.
(async () => {
  "use strict";
  if (window.drawn) await window.drawn;
  const NS = "http://www.w3.org/2000/svg";
  const root = document.body.getBoundingClientRect();
  const width = Math.ceil(root.width), height = Math.ceil(root.height);
  const picture = document.createElementNS(NS, "svg");
  for (const [name, value] of Object.entries({
    xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "font-family": "Liberation Sans, Arial, Helvetica, sans-serif",
  })) picture.setAttribute(name, value);
  const pen = document.createElement("canvas").getContext("2d");

  const add = (tag, attributes, text) => {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, typeof value === "number" ? +value.toFixed(2) : value);
    }
    if (text !== undefined) element.textContent = text;
    picture.appendChild(element);
    return element;
  };
  add("title", {}, ALT);
  add("rect", { x: 0, y: 0, width, height, fill: "#ffffff" });

  const put = (svg, place) => {
    for (const [name, value] of Object.entries({
      x: place.left, y: place.top, width: place.width, height: place.height,
    })) svg.setAttribute(name, value.toFixed(2));
    picture.appendChild(svg);
  };

  // What a style sheet adds before and after elements stands in the document from now on.
  for (const element of document.body.querySelectorAll("*")) {
    for (const which of ["::before", "::after"]) {
      const style = getComputedStyle(element, which);
      if (style.content === "none" || style.position !== "absolute") continue;
      const added = document.createElement("span");
      for (const name of style) added.style.setProperty(name, style.getPropertyValue(name));
      added.textContent = style.content.replace(/^"(.*)"$/, "$1");
      element.appendChild(added);
    }
  }

  const paint = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    // Clear colors lose digits when they are drawn: what is solid is read back.
    return { fill: `rgb(${r},${g},${b})`, "fill-opacity": a / 255 };
  };

  const COLOR = /(?:rgba?|color)\([^)]*\)/g;

  // What fills a box: its color, a scale of colors, or of stripes one paler color.
  const filled = (style) => {
    const colors = style.backgroundImage.match(COLOR);
    if (!colors) return paint(style.backgroundColor);
    if (!style.backgroundImage.startsWith("linear-gradient")) {
      return { ...paint(colors[0]), "fill-opacity": 0.55 };
    }
    const scale = document.createElementNS(NS, "linearGradient");
    scale.id = `scale-${picture.childElementCount}`;
    colors.forEach((color, number) => {
      const stop = document.createElementNS(NS, "stop");
      stop.setAttribute("offset", number / Math.max(colors.length - 1, 1));
      stop.setAttribute("stop-color", paint(color).fill);
      scale.appendChild(stop);
    });
    picture.appendChild(scale);
    return { fill: `url(#${scale.id})`, "fill-opacity": 1 };
  };

  // A box that is cut to a shape, as states are.
  const shape = (style, place) => {
    const points = [...style.clipPath.matchAll(/(-?[\d.]+)% (-?[\d.]+)%/g)].map(([, x, y]) =>
      `${(place.left + (place.width * x) / 100).toFixed(1)},` +
      `${(place.top + (place.height * y) / 100).toFixed(1)}`);
    add("polygon", { points: points.join(" "), "fill-rule": "evenodd", ...filled(style) });
  };

  const borders = (style) => Object.fromEntries(["Top", "Bottom", "Left", "Right"].flatMap(
    (side) => ["Width", "Color", "Style"].map((part) => {
      const name = `border${side}${part}`;
      return [name, style[name]];
    })).concat([["borderTopLeftRadius", "0px"]]));

  // A box of which only a path is seen: the line of a chart.
  const masked = (style, place) => {
    const source = style.maskImage.slice(style.maskImage.indexOf(",") + 1).replace(/"?\)$/, "");
    const line = new DOMParser().parseFromString(decodeURIComponent(source), "image/svg+xml");
    const svg = document.importNode(line.documentElement, true);
    for (const path of svg.querySelectorAll("path")) {
      path.setAttribute("stroke", paint(style.backgroundColor).fill);
    }
    put(svg, place);
  };

  const box = (style, place) => {
    if (style.clipPath.startsWith("polygon(")) return shape(style, place);
    if (style.maskImage.startsWith("url(")) return masked(style, place);
    if (style.backgroundImage.includes("to right bottom")) {
      // The line from corner to corner.
      return add("line", {
        x1: place.left, y1: place.bottom, x2: place.right, y2: place.top,
        stroke: paint(style.backgroundImage.match(COLOR)[1]).fill,
      });
    }
    if (/^matrix\((?!1, 0, 0, 1)/.test(style.transform)) {
      // A square on its corner.
      const x = place.left + place.width / 2, y = place.top + place.height / 2;
      const points = [[x, place.top], [place.right, y], [x, place.bottom], [place.left, y]];
      return add("polygon", { points: points.join(" "), ...filled(style) });
    }
    const high = style.backgroundSize.match(/^100% ([\d.]+)px$/);
    if (high) {
      // A line through the middle, as of an interval.
      const y = place.top + (place.height - high[1]) / 2;
      add("rect", { x: place.left, y, width: place.width, height: +high[1], ...paint(style.color) });
      style = { ...borders(style), backgroundImage: "none", backgroundColor: "transparent" };
    }
    const fill = filled(style);
    if (fill["fill-opacity"] > 0 && place.width && place.height) {
      add("rect", {
        x: place.left, y: place.top, width: place.width, height: place.height,
        rx: parseFloat(style.borderTopLeftRadius) || 0, ...fill,
      });
    }
    const sides = { Top: [0, 0, 1, 0], Bottom: [0, 1, 1, 0], Left: [0, 0, 0, 1], Right: [1, 0, 0, 1] };
    for (const [side, [dx, dy, along, down]] of Object.entries(sides)) {
      const thick = parseFloat(style[`border${side}Width`]);
      const line = paint(style[`border${side}Color`]);
      if (!thick || style[`border${side}Style`] === "none" || !line["fill-opacity"]) continue;
      add("rect", {
        x: place.left + dx * (place.width - thick), y: place.top + dy * (place.height - thick),
        width: along ? place.width : thick, height: down ? place.height : thick, ...line,
      });
    }
  };

  const write = (node) => {
    const style = getComputedStyle(node.parentElement);
    const range = document.createRange();
    const lines = [];
    for (const word of node.textContent.matchAll(/\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const place = range.getBoundingClientRect();
      if (!place.width) continue;
      const last = lines[lines.length - 1];
      if (last && Math.abs(last.top - place.top) < 2) {
        last.text += ` ${word[0]}`;
        last.right = place.right;
      } else {
        lines.push({ text: word[0], left: place.left, right: place.right, top: place.top });
      }
    }
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const above = pen.measureText("x").fontBoundingBoxAscent;
    const ends = ["right", "end"].includes(style.textAlign);
    for (const line of lines) {
      const ink = paint(style.color);
      add("text", {
        x: ends ? line.right : line.left, y: line.top + above,
        "text-anchor": ends ? "end" : "start", "font-size": parseFloat(style.fontSize),
        "font-weight": style.fontWeight, ...ink,
      }, line.text);
    }
  };

  const FONT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity",
    "font-size", "font-weight", "text-anchor", "color"];
  const copy = (svg, place) => {
    const twin = svg.cloneNode(true);
    const from = [svg, ...svg.querySelectorAll("*")], to = [twin, ...twin.querySelectorAll("*")];
    from.forEach((element, number) => {
      const style = getComputedStyle(element);
      for (const name of FONT) to[number].style.setProperty(name, style.getPropertyValue(name));
      to[number].removeAttribute("class");
    });
    put(twin, place);
  };

  const walk = (element) => {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
    const place = element.getBoundingClientRect();
    if (element.localName === "svg") return copy(element, place);
    if (element.localName === "script" || element.localName === "style") return;
    if (style.clip !== "auto" && place.width <= 1) return;
    box(style, place);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) write(child);
      else if (child.nodeType === Node.ELEMENT_NODE) walk(child);
    }
  };
  for (const child of document.body.children) walk(child);
  const text = new XMLSerializer().serializeToString(picture);
  const found = document.createElement("pre");
  found.id = "svg";
  found.textContent = text;
  document.documentElement.replaceChildren(found);
})();
