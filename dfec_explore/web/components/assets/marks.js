// Words of the caption that a reviewer marks: by selecting them with the mouse, or word by word with the keyboard.
// Offsets count code points, as Python does.

const IN_WORD = /[\p{L}\p{N}'’-]/u;

function createMarks({ body, redraw }) {
  let chars = [];
  let words = [];
  let chosen = null;
  let isSelecting = false;

  body.addEventListener("pointerdown", () => {
    isSelecting = true;
  });
  body.addEventListener("click", takeMarkAway);
  document.addEventListener("pointerup", pointerUp);

  function setText(text) {
    if (text === chars.join("")) return;
    chars = [...text];
    words = wordsOf(chars);
    chosen = null;
  }

  // ---- the mouse

  function pointerUp() {
    if (isSelecting) setTimeout(takeSelection);
    isSelecting = false;
  }

  function takeSelection() {
    const range = selectedRange(body);
    const span = range && wholeWords(chars, ...offsetsOf(body, range));
    if (!span) return;
    (body.getRootNode().getSelection?.() ?? document.getSelection()).removeAllRanges();
    drafts.change({ spans: united([...drafts.content.spans, span]) });
  }

  function takeMarkAway(event) {
    const run = event.composedPath().find((node) => node instanceof Element && node.matches(".run.marked"));
    if (!run || selectedRange(body)) return;
    const at = Number(run.dataset.start);
    drafts.change({ spans: drafts.content.spans.filter(([from, to]) => at < from || to <= at) });
  }

  // ---- the keyboard: choose words, then Enter

  function choose(step) {
    if (words.length === 0) return;
    const at = chosen === null ? (step > 0 ? 0 : words.length - 1) : clamp((step > 0 ? chosen.to : chosen.from) + step, 0, words.length - 1);
    chosen = { from: at, to: at };
    redraw();
  }

  function widen(step) {
    if (chosen === null) return choose(step);
    chosen = { ...chosen, to: clamp(chosen.to + step, chosen.from, words.length - 1) };
    redraw();
  }

  function toggleChosen() {
    const [from, to] = chosenSpan();
    const spans = drafts.content.spans;
    const isMarked = spans.some((span) => span[0] <= from && to <= span[1]);
    letGo();
    drafts.change({ spans: isMarked ? without(spans, [from, to]) : united([...spans, [from, to]]) });
  }

  function letGo() {
    chosen = null;
    redraw();
  }

  function chosenSpan() {
    return chosen && words.length ? [words[chosen.from][0], words[chosen.to][1]] : null;
  }

  function actionFor({ key, shiftKey }) {
    if (shiftKey && key === "ArrowRight") return () => choose(1);
    if (shiftKey && key === "ArrowLeft") return () => choose(-1);
    if (shiftKey && key === "ArrowDown") return () => widen(1);
    if (shiftKey && key === "ArrowUp") return () => widen(-1);
    if (chosen && key === "Enter") return toggleChosen;
    if (chosen && key === "Escape") return letGo;
    return null;
  }

  // ---- drawing

  // A piece of the caption as runs of text, cut where a mark begins or ends.
  function runs({ text, start }) {
    const own = [...text];
    const spans = [...drafts.content.spans, chosenSpan()].filter(Boolean);
    const cuts = spans.flat().map((edge) => edge - start).filter((at) => at > 0 && at < own.length);
    const edges = [...new Set([0, ...cuts, own.length])].sort((one, other) => one - other);
    return edges.slice(0, -1).map((at, number) => run(own.slice(at, edges[number + 1]).join(""), start + at));
  }

  function run(text, start) {
    const covers = (span) => span !== null && span[0] <= start && start < span[1];
    const isMarked = drafts.content.spans.some(covers);
    const kinds = ["run", isMarked && "marked", covers(chosenSpan()) && "chosen"].filter(Boolean);
    const title = isMarked ? "Marked words: a click takes the mark away" : null;
    return el("span", { class: kinds.join(" "), "data-start": start, title }, text);
  }

  return {
    setText,
    runs,
    actionFor,
    chooseFrom: (offset) => {
      const at = words.findIndex(([, to]) => to > offset);
      chosen = at < 0 ? null : { from: at, to: at };
    },
    isSelecting: () => selectedRange(body) !== null,
    state: () => [drafts.content.spans, chosen],
    drawn: () => body.querySelector(".chosen")?.scrollIntoView({ block: "nearest" }),
    unmount: () => document.removeEventListener("pointerup", pointerUp),
  };
}

function wordsOf(chars) {
  const words = [];
  chars.forEach((char, at) => {
    if (!IN_WORD.test(char)) return;
    const last = words.at(-1);
    if (last && last[1] === at) last[1] = at + 1;
    else words.push([at, at + 1]);
  });
  return words;
}

// The words that a stretch touches; null where it touches none.
function wholeWords(chars, from, to) {
  const isWord = (at) => at >= 0 && at < chars.length && IN_WORD.test(chars[at]);
  while (from < to && !isWord(from)) from += 1;
  while (from < to && !isWord(to - 1)) to -= 1;
  if (from >= to) return null;
  while (isWord(from - 1)) from -= 1;
  while (isWord(to)) to += 1;
  return [from, to];
}

// Marks in order, those that touch or overlap joined.
function united(spans) {
  const joined = [];
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function without(spans, [from, to]) {
  return spans.flatMap((span) =>
    [
      [span[0], Math.min(span[1], from)],
      [Math.max(span[0], to), span[1]],
    ].filter(([start, end]) => start < end),
  );
}

// What is selected inside an element, which may stand in a shadow tree; null where that is nothing.
function selectedRange(node) {
  const shadow = node.getRootNode();
  const selection = shadow.getSelection?.() ?? document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const isOpaque = !shadow.getSelection && shadow !== document && selection.getComposedRanges;
  const { startContainer, startOffset, endContainer, endOffset } = isOpaque
    ? selection.getComposedRanges({ shadowRoots: [shadow] })[0]
    : selection.getRangeAt(0);
  if (!node.contains(startContainer) && !node.contains(endContainer)) return null;
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  return range.collapsed ? null : range;
}

function offsetsOf(body, range) {
  const touched = [...body.querySelectorAll(".run")].filter((run) => range.intersectsNode(run));
  if (touched.length === 0) return [0, 0];
  const [first, last] = [touched[0], touched.at(-1)];
  const within = (run, container, offset, otherwise) =>
    Number(run.dataset.start) + (container === run.firstChild ? [...run.textContent.slice(0, offset)].length : otherwise(run));
  return [
    within(first, range.startContainer, range.startOffset, () => 0),
    within(last, range.endContainer, range.endOffset, (run) => [...run.textContent].length),
  ];
}
