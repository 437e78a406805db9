// What stands in the place of the picture when there is none, and why.

const CODECS = { hevc: "HEVC (H.265)", h265: "HEVC (H.265)", mpeg4: "MPEG-4 part 2", wmv3: "WMV", prores: "ProRes" };

function createNotice() {
  const title = el("h3");
  const reason = el("p");
  const places = el("ul");
  const searched = el("div", { class: "searched", hidden: true }, el("h4", {}, "Searched"), places);
  const hint = el("p", { class: "hint" }, "The caption can be judged all the same.");
  const node = el(
    "div",
    { class: "notice", role: "status", hidden: true },
    el("div", {}, icon("missing"), title, reason, searched, hint),
  );

  function draw(clip, failure) {
    const words = noticeFor(clip, failure);
    node.hidden = words === null;
    if (words === null) return;
    setText(title, words.title);
    setText(reason, words.reason);
    const tried = clip.url ? [] : clip.tried;
    searched.hidden = tried.length === 0;
    if (places.children.length !== tried.length || places.textContent !== tried.join("")) {
      places.replaceChildren(...tried.map((place) => el("li", {}, el("code", {}, place))));
    }
  }

  return { node, draw };
}

function noticeFor(clip, failure) {
  if (!clip.url) return { title: clip.title || "There is no clip to play", reason: clip.reason };
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

function formatOf(facts) {
  if (!facts?.codec) return "this clip";
  const codec = CODECS[facts.codec.toLowerCase()] ?? facts.codec.toUpperCase();
  return facts.container ? `${codec} in ${facts.container.toUpperCase()}` : codec;
}
