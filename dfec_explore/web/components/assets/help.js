// All keys, on one card.

const PLAYER_KEYS = [
  [["Space"], "play, pause"],
  [[",", "."], "one frame back, on"],
  [["←", "→"], "one second back, on"],
  [["0", "–", "9"], "go to a tenth of the clip"],
  [["[", "]"], "slower, faster (0.1× to 2×)"],
  [["o"], "loop the current part, or stop looping"],
  [["<", ">"], "loop from here (A), to here (B)"],
  [["q"], "clear A and B"],
  [["m"], "sound on, off"],
  [["x"], "mirror the picture"],
  [["z"], "zoom at the mouse, and back"],
  [["?"], "these keys"],
];

function createHelp(root) {
  const pageKeys = el("dl");
  const judge = el("section", {}, el("h3", {}, "Judge"), pageKeys);
  const close = el("button", { class: "close", type: "button", onclick: () => dialog.close() }, "Close ", el("kbd", {}, "Esc"));
  const dialog = el(
    "dialog",
    { class: "help-card", "aria-label": "Keys" },
    el("header", {}, el("h2", {}, "Keys"), close),
    el("div", { class: "columns" }, el("section", {}, el("h3", {}, "Player"), el("dl", {}, keyRows(PLAYER_KEYS))), judge),
    el("p", {}, "Draw a rectangle on the picture to enlarge it; drag the enlarged picture to move it. A click on a part of the caption, or under the time axis, plays that part again and again: its place in the clip is estimated from the caption's words. In a text field keys write text."),
  );
  // A click outside the card lands on the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);
  return {
    setPageKeys: (keys) => {
      judge.hidden = keys.length === 0;
      pageKeys.replaceChildren(...keyRows(keys.map(([names, words]) => [names.split("|"), words])));
    },
    get isOpen() {
      return dialog.open;
    },
    toggle: () => (dialog.open ? dialog.close() : dialog.showModal()),
  };
}

function keyRows(rows) {
  return rows.flatMap(([keys, words]) => [
    el("dt", {}, keys.map((key) => (key === "–" ? " – " : el("kbd", {}, key)))),
    el("dd", {}, words),
  ]);
}
