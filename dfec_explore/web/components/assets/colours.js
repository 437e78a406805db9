// The colours of regions of the face, as CSS variables.

function setColours(root, regions) {
  const dark = isDark(root);
  root.classList.toggle("dark", dark);
  for (const region of regions) {
    root.style.setProperty(colourOf({ region: region.id }), dark ? region.dark : region.light);
  }
}

// The id of a region is data: only its plain characters may enter the name of a CSS variable.
function colourOf(event) {
  return `--region-${regionName(event.region)}`;
}

function regionName(region) {
  return String(region ?? "none").replace(/[^a-zA-Z0-9_-]/g, "-");
}
