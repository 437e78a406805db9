// Motion under the filmstrip: how much moves, on the same time axis; of landmarked faces also part by part.

const MOTION_NS = "http://www.w3.org/2000/svg";
const MOTION_AGAIN = 6000;
const MOTION_TRIES = 3;
// Below these nothing is drawn to the full height: noise of a still picture is no movement.
const LEAST_CHANGE = 1;
const LEAST_PART = 2;
const MOTION_PARTS = [
  ["brows", "Brows"],
  ["eyes", "Eyes"],
  ["mouth", "Mouth"],
  ["head", "Head"],
];

function createMotion(transport) {
  const node = el("div", { class: "motion", hidden: true });
  let url = null;
  let isAsked = false;
  let asking = null;
  let timer = 0;

  function setClip(clip) {
    if ((clip.motion ?? null) === url) return;
    asking?.abort();
    clearTimeout(timer);
    url = clip.motion ?? null;
    isAsked = false;
    node.hidden = !url;
    node.replaceChildren();
    // Its room is kept from the start: what stands below does not jump when the signal comes.
    if (url) node.append(el("div", { class: "signal awaited" }));
  }

  // Nobody waits for it: it comes after the picture and the filmstrip.
  function fetchWhenShown(strip) {
    if (!url || isAsked) return;
    const isShown = transport.playable && transport.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (!isShown || (!strip.hidden && !strip.complete)) return;
    isAsked = true;
    load(url, 1);
  }

  async function load(wanted, attempt) {
    asking = new AbortController();
    try {
      const answer = await fetch(wanted, { signal: asking.signal, priority: "low" });
      if (wanted !== url) return;
      if (answer.status === 503 && attempt < MOTION_TRIES) {
        timer = setTimeout(() => load(wanted, attempt + 1), MOTION_AGAIN);
        return;
      }
      if (answer.ok) show(await answer.json(), wanted);
      else setHidden();
    } catch {
      // Left for another clip, or the server is gone: the clip plays without it.
      if (wanted === url) setHidden();
    }
  }

  function setHidden() {
    node.hidden = true;
  }

  function show(motion, wanted) {
    if (wanted !== url) return;
    if (!motion.signal.length) {
      setHidden();
      return;
    }
    const rows = [drawSignal(motion.signal, { name: motionName(motion), least: LEAST_CHANGE, cuts: motion.cuts, duration: motion.duration })];
    for (const [part, name] of MOTION_PARTS) {
      if (motion.parts[part]?.length) rows.push(drawSignal(motion.parts[part], { name, part, least: LEAST_PART }));
    }
    node.setAttribute("title", motionTitle(motion));
    node.replaceChildren(...rows);
  }

  return { node, setClip, fetchWhenShown };
}

function motionName(motion) {
  return motion.region === "face" ? "Motion in the face" : "Motion";
}

function motionTitle({ region, cuts, measured, duration, parts }) {
  const words = [
    `How much the ${region === "face" ? "face" : "picture"} changes from frame to frame; its highest point in this clip fills the height.`,
    cuts.length && `Lines: ${cuts.length === 1 ? "a cut" : `${cuts.length} cuts`} at ${cuts.slice(0, 8).map((time) => `${time.toFixed(1)} s`).join(", ")}.`,
    Object.keys(parts).length && "Brows, eyes and mouth from the dataset's own landmarks, the head's movement taken out.",
    measured < duration - 0.1 && `Measured up to ${measured.toFixed(0)} s.`,
  ];
  return words.filter(Boolean).join("\n");
}

// One row: an area over the time axis, with a line at each cut.
function drawSignal(values, { name, part = "", least, cuts = [], duration = 0 }) {
  const usual = [...values].sort((one, other) => one - other)[Math.floor(0.98 * (values.length - 1))];
  const highest = Math.max(least, usual);
  const picture = document.createElementNS(MOTION_NS, "svg");
  picture.setAttribute("viewBox", `0 0 ${values.length} 1`);
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  const area = document.createElementNS(MOTION_NS, "path");
  area.setAttribute("d", areaPath(values, highest));
  picture.append(area);
  for (const cut of duration > 0 ? cuts : []) {
    const line = document.createElementNS(MOTION_NS, "rect");
    const at = (values.length * cut) / duration;
    const width = Math.max(values.length / 500, 0.05);
    for (const [key, value] of Object.entries({ x: at - width / 2, y: 0, width, height: 1 })) line.setAttribute(key, value);
    picture.append(line);
  }
  const peak = values.indexOf(Math.max(...values)) / values.length;
  const label = `${name}: greatest at ${Math.round(100 * peak)} % of the clip`;
  return el("div", { class: `signal ${part}`.trim(), role: "img", "aria-label": label }, picture, el("span", {}, name));
}

function areaPath(values, highest) {
  const tops = values.map((value, number) => {
    const top = (1 - Math.min(value / highest, 1)).toFixed(3);
    return `L${number},${top}H${number + 1}`;
  });
  return `M0,1${tops.join("")}V1Z`;
}
