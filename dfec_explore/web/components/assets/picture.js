// A chart as a file: its picture with title and lines above, made in the browser that shows it, as SVG and as PNG.

const FONT_NAME = "Source Sans";
const MARGIN = 12;
const PNG_SCALE = 2;
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const TITLE = { size: 18, weight: 650, leading: 24 };
const LINE = { size: 13, weight: 400, leading: 18 };

function createPicture(root) {
  const said = el("span", { role: "status" });
  const buttons = ["png", "svg"].map((format) =>
    el(
      "button",
      { type: "button", title: `The picture of this chart as a ${format.toUpperCase()} file`, onclick: () => save(format) },
      format.toUpperCase(),
    ),
  );
  root.append(...buttons, said);
  let data = null;

  async function save(format) {
    setText(said, "");
    try {
      const svg = await composed(data);
      const blob = format === "svg" ? svgBlob(svg) : await pngBlob(svg);
      download(blob, `${data.file}.${format}`);
    } catch (error) {
      setText(said, "No picture: is the chart drawn?");
      console.warn("dfec: no picture of", data.file, error);
    }
  }

  return { update: (newData) => (data = newData), unmount: () => {} };
}

async function composed(data) {
  const inner = parsed(data.svg ?? (await drawnByPlotly(data.chart)));
  const [width, height] = ["width", "height"].map((name) => Math.ceil(parseFloat(inner.getAttribute(name))));
  const svg = part("svg", { xmlns: SVG, width });
  svg.append(part("style", {}, await embeddedFont()), part("rect", { width: "100%", height: "100%", fill: data.ground }));
  const top = writeHead(svg, data, width);
  svg.setAttribute("height", top + height);
  svg.setAttribute("viewBox", `0 0 ${width} ${top + height}`);
  inner.setAttribute("y", top);
  svg.append(inner);
  return svg;
}

// Streamlit loads plotly as a global; a figure that is not on the page is drawn off it, in the same sizes.
async function drawnByPlotly(container) {
  const chart = document.querySelector(`.st-key-${CSS.escape(container)} .js-plotly-plot`);
  const [width, height] = [chart.clientWidth, chart.clientHeight];
  const figure = { data: chart.data, layout: { ...chart.layout, width, height } };
  return window.Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
}

function writeHead(svg, data, width) {
  const kinds = [[TITLE, data.ink, data.title], ...data.lines.map((line) => [LINE, data.quiet, line])];
  let bottom = MARGIN / 2;
  for (const [style, fill, text] of kinds) {
    const font = `${style.weight} ${style.size}px ${data.font}`;
    for (const piece of wrapped(text, font, width - 2 * MARGIN)) {
      bottom += style.leading;
      // As a style: a picture's own style sheet would overrule attributes.
      svg.append(part("text", { x: MARGIN, y: bottom - style.leading / 4, style: `font: ${font}; fill: ${fill}` }, piece));
    }
  }
  return bottom + MARGIN;
}

function wrapped(text, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [];
  for (const word of text.replace(NOT_IN_XML, " ").split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// A picture stands alone: without the page's font its letters would be wider than the places measured for them.
async function embeddedFont() {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].map((rule) => [sheet.href ?? document.baseURI, rule]);
    } catch {
      return []; // A browser extension's sheet: not ours to read.
    }
  });
  const isUpright = (rule) => rule.style.fontFamily.includes(FONT_NAME) && rule.style.fontStyle !== "italic";
  const found = rules.find(([, rule]) => rule instanceof CSSFontFaceRule && isUpright(rule));
  const source = found?.[1].style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/)?.[1];
  if (!source) return "";
  const answer = await fetch(new URL(source, found[0]));
  if (!answer.ok) return "";
  const url = await dataUrl(await answer.blob());
  return `@font-face { font-family: "${FONT_NAME}"; font-weight: 100 900; src: url("${url}"); }`;
}

function parsed(text) {
  const root = new DOMParser().parseFromString(text.replace(NOT_IN_XML, " "), "image/svg+xml").documentElement;
  if (root.localName !== "svg") throw new Error("not an SVG");
  return document.importNode(root, true);
}

function part(tag, attributes, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (name !== "xmlns") node.setAttribute(name, value);
  node.textContent = text;
  return node;
}

function svgBlob(svg) {
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
}

async function pngBlob(svg) {
  const image = new Image();
  image.src = await dataUrl(svgBlob(svg));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the canvas gave no PNG"))), "image/png"),
  );
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
