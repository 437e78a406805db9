// Small helpers for building elements. Data becomes text nodes and attributes only, never markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  play: "M8 5.2v13.6L19 12z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  replay: "M12 5V1.5L6.8 6.6 12 11.7V8a5.5 5.5 0 1 1-5.5 5.5H4A8 8 0 1 0 12 5z",
  slower: "M11.5 6v12L3 12zM20.5 6v12L12 12z",
  faster: "M3.5 6v12l8.500-6zM12.500 6v12l8.500-6z",
  back: "M6 6h2.400v12H6zM9.800 12 18.500 6v12z",
  forward: "M15.600 6H18v12h-2.400zM5.500 6v12l8.700-6z",
  loop: "M7 7h10v3l4-4-4-4v3H5v6h2zM17 17H7v-3l-4 4 4 4v-3h12v-6h-2z",
  muted: "M3.600 9.200v5.600h3.700L12 19.500V4.500L7.300 9.200zM21 9.900 19.600 8.500 17.500 10.600 15.400 8.500 14 9.900l2.100 2.100-2.100 2.100 1.400 1.400 2.100-2.100 2.100 2.100 1.400-1.400-2.100-2.100z",
  sound: "M3.600 9.200v5.600h3.700L12 19.500V4.500L7.300 9.200zM14 7.900v8.200a4.500 4.500 0 0 0 0-8.200zM14 3.300v2.100a6.900 6.900 0 0 1 0 13.200v2.100a9 9 0 0 0 0-17.400z",
  mirror: "M11 3h2v18h-2zM9 6v12H2.500zM15 6v12h6.500zM16.900 13.300v2.800h3.200z",
  zoom: "M10 3.500a6.500 6.500 0 1 0 3.900 11.700l4.700 4.700 1.400-1.400-4.700-4.700A6.500 6.500 0 0 0 10 3.500zm0 2a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM9.100 7.500v1.700H7.400v1.700h1.700v1.700h1.800v-1.700h1.700V9.200h-1.700V7.500z",
  missing: "M4 5h11a2 2 0 0 1 2 2v2.500l4-2.500v10l-4-2.500V17a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm3.300 3.900-1.200 1.200 2 1.900-2 1.900 1.200 1.200 1.900-2 1.900 2 1.200-1.200-2-1.900 2-1.900-1.200-1.200-1.900 2z",
};

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", ICONS[name]);
  return svg;
}

function setIcon(svg, name) {
  const path = svg.firstChild;
  if (path.getAttribute("d") !== ICONS[name]) path.setAttribute("d", ICONS[name]);
}

// Writing the same text again would make screen readers and selections jump.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

function wantsLessMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Streamlit hands its theme down as CSS variables but does not say whether it is a dark one.
function isDark(node) {
  const probe = el("span", { style: "color: var(--st-background-color, #fff)" });
  node.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
