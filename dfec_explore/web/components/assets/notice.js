// What stands in the place of the picture when there is none, and why.

const CODECS = { hevc: "HEVC (H.265)", h265: "HEVC (H.265)", mpeg4: "MPEG-4 part 2", wmv1: "WMV", wmv2: "WMV", wmv3: "WMV", mpeg1video: "MPEG-1", mpeg2video: "MPEG-2", prores: "ProRes" };

function createNotice({ tryAgain }) {
  const image = icon("missing");
  const title = el("h3");
  const reason = el("p");
  const bar = el("progress", { max: 100, "aria-label": "How much is prepared", hidden: true });
  const again = el("button", { class: "again", type: "button", hidden: true, onclick: tryAgain }, "Try again");
  const places = el("ul");
  const searched = el("div", { class: "searched", hidden: true }, el("h4", {}, "Searched"), places);
  const hint = el("p", { class: "hint" }, "The caption can be judged all the same.");
  const ground = el("img", { class: "ground", alt: "", hidden: true });
  const node = el(
    "div",
    { class: "notice", role: "status", hidden: true },
    ground,
    el("div", {}, image, title, bar, reason, again, searched, hint),
  );
  ground.addEventListener("error", () => {
    ground.hidden = true;
  });

  function draw(clip, transport) {
    const words = noticeFor(clip, transport);
    node.hidden = words === null;
    if (words === null) return;
    setText(title, words.title);
    setText(reason, words.reason);
    setIcon(image, words.percent === undefined ? "missing" : "prepare");
    bar.hidden = words.percent === undefined;
    bar.value = words.percent ?? 0;
    again.hidden = !words.canTryAgain;
    drawGround(ground, clip.poster);
    const tried = clip.url || clip.copy ? [] : clip.tried;
    searched.hidden = tried.length === 0;
    if (places.children.length !== tried.length || places.textContent !== tried.join("")) {
      places.replaceChildren(...tried.map((place) => el("li", {}, el("code", {}, place))));
    }
  }

  return { node, draw };
}

// A frame of the clip behind the words, while there is nothing better.
function drawGround(ground, url) {
  if (ground.getAttribute("src") === url) return;
  ground.hidden = !url;
  if (url) ground.src = url;
  else ground.removeAttribute("src");
}

function noticeFor(clip, { failure, preparation, refused }) {
  if (preparation.isRunning) return preparationNotice(clip, preparation.state, refused);
  if (!clip.url && !clip.copy) return { title: clip.title || "There is no clip to play", reason: clip.reason };
  if (failure === null || failure.status === null) return null;
  if (failure.status === 0) {
    return { title: "The server does not answer", reason: "The clip could not be loaded. Check that the app is running, then reload the page." };
  }
  if (failure.status >= 400) {
    const words = failure.status === 403 ? "This link to the clip is no longer valid." : "The server could not hand out the clip.";
    return { title: "The clip could not be loaded", reason: `${words} Reload the page (answer ${failure.status}).` };
  }
  return { title: `This browser cannot play ${formatOf(clip.facts)}`, reason: clip.reason || "The file is there, but the browser has no decoder for it." };
}

function preparationNotice(clip, { state, percent, reason }, refused) {
  if (state === "failed") return { title: "This clip could not be prepared", reason, canTryAgain: true };
  const why = refused ? "This browser failed on the clip as it is" : `Browsers do not play ${formatOf(clip.facts)}`;
  return {
    title: `Being prepared: ${percent} %`,
    reason: `${why}; a copy that plays everywhere is made, once. It starts by itself.`,
    percent,
  };
}

function formatOf(facts) {
  if (!facts?.codec) return "this clip";
  if (facts.container === "frames") return "single frames";
  const codec = CODECS[facts.codec.toLowerCase()] ?? facts.codec.toUpperCase();
  return facts.container ? `${codec} in ${facts.container.toUpperCase()}` : codec;
}
