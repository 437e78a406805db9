// The bar of verdicts: reasons, note, correction, the verdict itself, and the way on.

const VERDICTS = [
  { id: "accept", title: "Accept", key: "a", image: "right" },
  { id: "fix", title: "Fix", key: "f", image: "edit" },
  { id: "reject", title: "Reject", key: "d", image: "wrong" },
  { id: "unsure", title: "Unsure", key: "u", image: "unsure" },
];

function createVerdicts(root) {
  const hints = createHints(root);
  const alert = el("div", { class: "alert", role: "alert", hidden: true });
  const reasons = el("div", { class: "reasons", role: "group", "aria-label": "Reasons" });
  const note = el("input", { class: "note-text", type: "text", maxlength: 2000, placeholder: "Note", "aria-label": "Note", autocomplete: "off" });
  const correct = el("button", { type: "button", class: "quiet correct", onclick: openCorrection });
  const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [verdict.id, verdictButton(verdict)]));
  const summary = el("span", { class: "summary", "aria-live": "polite" });
  const ways = {
    previous: wayButton("previous", "Previous", "p", "previous"),
    next: wayButton("next", "Next", "n", "next"),
    undo: wayButton("undo", "Undo", "b", "undo"),
    redo: wayButton("redo", "Redo", "y", "redo"),
  };
  const bar = el(
    "div",
    { class: "judging" },
    alert,
    el("div", { class: "inputs" }, reasons, el("div", { class: "notes" }, el("label", {}, note, el("kbd", { "aria-hidden": "true" }, "t")), correct, summary)),
    el("div", { class: "line" }, ...VERDICTS.map(({ id }) => verdicts[id]), el("span", { class: "ways" }, ...Object.values(ways))),
  );
  const acts = createActs(draw);
  const correction = createCorrection(root, { judge, closed: focusPlayer });
  const endWatch = drafts.watch(draw);
  let data = null;
  let tooSoonFor = null;

  root.append(bar);
  note.addEventListener("input", () => drafts.change({ note: note.value }));
  bar.addEventListener("click", (event) => event.detail > 0 && !event.composedPath().includes(note) && !correction.isOpen() && setTimeout(focusPlayer));
  pageKeys.add(actionFor);
  document.addEventListener("keydown", keyWithoutPlayer, true);

  function update(newData, component) {
    const isNamed = newData.reviewer && newData.reviewer !== data?.reviewer;
    data = newData;
    if (isNamed) leaveName();
    acts.update(data, component);
    setColours(root, data.regions);
    draw();
  }

  // ---- what the reviewer does

  function judge(verdict) {
    // Remembered for the sample: a run of the page that ends meanwhile must not take the words away.
    tooSoonFor = drafts.veil(drafts.name) === "down" ? drafts.name : null;
    if (tooSoonFor === null) acts.judge(verdict);
    else draw();
  }

  function toggleReason(id) {
    const chosen = drafts.content.reasons;
    drafts.change({ reasons: chosen.includes(id) ? chosen.filter((other) => other !== id) : inOrder([...chosen, id]) });
  }

  function inOrder(ids) {
    const order = [...data.reasons.map((reason) => reason.id), ...ids];
    return [...ids].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  }

  function openCorrection() {
    if (data.sample) correction.open(data.sample);
  }

  function focusPlayer() {
    players.get(data?.player)?.focus();
  }

  // Enter in the field of the name gives the keys to the player; where it was not there yet, as soon as it is.
  function leaveName() {
    const end = watchPlayer(data.player, (player) => {
      if (!player) return;
      setTimeout(() => end());
      if (document.activeElement?.value?.trim() === data.reviewer) player.focus();
    });
  }

  // ---- keys

  function actionFor(event) {
    const { repeat, shiftKey } = event;
    if (event.ctrlKey || event.metaKey) return null;
    if (event.altKey) return reasonKey(event);
    const key = event.key.toLowerCase();
    const once = (action) => () => repeat || action();
    const verdict = VERDICTS.find((candidate) => candidate.key === key);
    if (shiftKey) return key === "b" ? once(() => acts.go("redo")) : null;
    if (verdict) return data.sample ? once(() => judge(verdict.id)) : null;
    const action = {
      n: () => acts.go("next"),
      p: () => acts.go("previous"),
      b: () => acts.go("undo"),
      y: () => acts.go("redo"),
      e: openCorrection,
      t: () => note.focus(),
      h: () => acts.go("history"),
      g: () => acts.go("guidelines"),
    }[key];
    return action ? once(action) : null;
  }

  // By the place of the key: with Alt some keyboards write other signs.
  function reasonKey({ code, repeat }) {
    const digit = /^Digit([0-9])$/.exec(code)?.[1];
    const reason = digit && data.sample && data.reasons[(Number(digit) + 9) % 10];
    return reason ? () => repeat || toggleReason(reason.id) : null;
  }

  // At the end of a queue there is no player to own the keys.
  function keyWithoutPlayer(event) {
    if (players.get(data?.player) || event.defaultPrevented) return;
    const typed = event.composedPath().some((node) => node instanceof HTMLElement && (node.matches("input, textarea, [contenteditable], dialog, [role=dialog]")));
    const action = typed ? null : actionFor(event);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  }

  // ---- drawing

  function verdictButton({ id, title, key, image }) {
    return el("button", { type: "button", class: `verdict ${id}`, onclick: () => judge(id) }, icon(image), el("span", {}, title), el("kbd", { "aria-hidden": "true" }, key));
  }

  function wayButton(way, title, key, image) {
    return el("button", { type: "button", class: `quiet ${way}`, "aria-label": title, onclick: () => acts.go(way) }, icon(image), el("span", {}, title), el("kbd", { "aria-hidden": "true" }, key));
  }

  function draw() {
    if (data === null) return;
    const { content } = drafts;
    bar.classList.toggle("over", data.sample === null);
    drawReasons(content);
    if (note.value !== content.note) note.value = content.note;
    drawCorrect(content);
    for (const { id } of VERDICTS) drawVerdict(id);
    for (const way of Object.keys(ways)) drawWay(way);
    setText(summary, summaryText(content));
    drawAlert();
  }

  function drawReasons(content) {
    const known = data.reasons.map((reason) => reason.id);
    const others = content.reasons.filter((id) => !known.includes(id)).map((id) => ({ id, title: id, explanation: "This reason is not in the file of reasons any more." }));
    const shown = [...data.reasons, ...others];
    if (reasons.dataset.shown !== JSON.stringify(shown)) {
      reasons.dataset.shown = JSON.stringify(shown);
      reasons.replaceChildren(...shown.map((reason, number) => pill(reason, number)));
    }
    for (const node of reasons.children) node.setAttribute("aria-pressed", String(content.reasons.includes(node.dataset.reason)));
  }

  function pill({ id, title, explanation }, number) {
    const key = number < Math.min(10, data.reasons.length) ? el("kbd", { "aria-hidden": "true" }, String((number + 1) % 10)) : null;
    const words = key ? `${explanation} (Alt+${(number + 1) % 10})` : explanation;
    return el("button", { type: "button", class: "pill", "data-reason": id, "aria-pressed": "false", onclick: () => toggleReason(id), ...hints.on(title, words) }, key, title);
  }

  function drawCorrect({ correction: kept, editing }) {
    const words = editing ? "Unfinished" : kept ? "Corrected" : "Correct";
    const state = editing ? "unfinished" : kept ? "kept" : "";
    if (correct.dataset.drawn === words) return;
    correct.dataset.drawn = words;
    correct.className = `quiet correct ${state}`;
    correct.title = "Write the caption as it should be (e)";
    correct.replaceChildren(icon("edit"), el("span", {}, words), el("kbd", { "aria-hidden": "true" }, "e"));
  }

  function drawVerdict(id) {
    const isOwn = data.own?.verdict === id;
    verdicts[id].disabled = !data.reviewer || !data.sample;
    verdicts[id].classList.toggle("saving", acts.isSaving(id));
    verdicts[id].setAttribute("aria-pressed", String(isOwn));
    verdicts[id].title = isOwn ? `Your verdict since ${data.own.at}` : "";
  }

  function drawWay(way) {
    const words = data.can[way];
    ways[way].disabled = !words;
    ways[way].title = typeof words === "string" ? words : "";
  }

  function summaryText(content) {
    const said = Object.values(content.parts);
    const count = (number, one, many) => number && `${number} ${number === 1 ? one : many}`;
    const parts = [
      count(content.spans.length, "mark", "marks"),
      count(said.filter((word) => word === "right").length, "right", "right"),
      count(said.filter((word) => word === "wrong").length, "wrong", "wrong"),
      count(said.filter((word) => word === "missing").length, "missing", "missing"),
      content.correction && "correction",
    ].filter(Boolean);
    return parts.length ? `Goes with it: ${parts.join(", ")}` : "";
  }

  // ---- what went wrong, and what to do

  function drawAlert() {
    const shown = alertContent();
    const drawn = JSON.stringify(shown?.slice(0, 2) ?? null);
    if (alert.dataset.drawn === drawn) return;
    alert.dataset.drawn = drawn;
    alert.hidden = shown === null;
    alert.className = `alert ${shown?.[0] ?? ""}`;
    alert.replaceChildren(...(shown ? [el("p", {}, shown[1]), ...shown.slice(2).map(([words, action]) => el("button", { type: "button", class: "quiet", onclick: action }, words))] : []));
  }

  function alertContent() {
    const problem = acts.problem();
    if (problem) return ["error", problem, ["Try again", acts.tryAgain]];
    if (drafts.replaced) {
      return ["notice", "This sample was edited in another tab, and that is newer.", ["Take mine back", () => drafts.bringBack()], ["Leave it", () => drafts.letGo()]];
    }
    if (data.trouble) return ["error", data.trouble];
    if (tooSoonFor === drafts.name && drafts.veil(drafts.name) === "down") return ["notice", "Watch the clip first; v shows the caption now."];
    if (!data.reviewer) return ["notice", "Enter your name in the sidebar to judge; watching needs none."];
    return null;
  }

  function unmount() {
    pageKeys.delete(actionFor);
    document.removeEventListener("keydown", keyWithoutPlayer, true);
    acts.unmount();
    endWatch();
    hints.hide();
    bar.remove();
  }

  return { update, unmount };
}
