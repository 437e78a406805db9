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
  right: "M9.200 16.600 4.900 12.300 3.500 13.700l5.700 5.700 11.800-11.800-1.400-1.400z",
  wrong: "M18.700 6.700 17.300 5.300 12 10.600 6.700 5.300 5.300 6.700l5.300 5.300-5.300 5.300 1.400 1.400 5.300-5.300 5.300 5.300 1.400-1.400-5.300-5.300z",
  edit: "M4 16.500V20h3.500L17.800 9.700l-3.500-3.500zM20.700 6.800a1 1 0 0 0 0-1.400l-2.100-2.100a1 1 0 0 0-1.400 0l-1.700 1.700 3.500 3.500z",
  unsure: "M12 3a5 5 0 0 0-5 5h2.200a2.800 2.800 0 1 1 4.300 2.400C11.800 11.500 11 12.600 11 14.500V15h2.200v-.5c0-1.100.4-1.700 1.700-2.500A5 5 0 0 0 12 3zm-1.200 14.500h2.600V20h-2.600z",
  undo: "M12.500 8c-2.650 0-5.050 1-6.900 2.600L2 7v9h9l-3.620-3.620a7.970 7.970 0 0 1 12.700 3.620l2.370-.78A10.480 10.480 0 0 0 12.500 8z",
  redo: "M11.500 8c2.650 0 5.050 1 6.900 2.600L22 7v9h-9l3.620-3.620a7.970 7.970 0 0 0-12.700 3.620l-2.370-.78A10.480 10.480 0 0 1 11.500 8z",
  previous: "M15.400 7.400 14 6l-6 6 6 6 1.400-1.400L10.800 12z",
  next: "M8.600 16.600 10 18l6-6-6-6-1.400 1.400 4.600 4.600z",
  add: "M19 13h-6v6h-2v-6H5v-2h6V5h2v6h6z",
  prepare: "M4 5h11a2 2 0 0 1 2 2v2.500l4-2.500v10l-4-2.500V17a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm2.200 3v8l6.800-4z",
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
