// The caption as it should be: written on the left, compared word by word on the right, with the facial actions before
// and after. What is typed is kept at every keystroke; it counts once it is kept.

const COMPARE_AFTER = 150;

function createCorrection(root, { judge, closed }) {
  const text = el("textarea", { class: "correct-text", spellcheck: "true", "aria-label": "Corrected caption" });
  const diff = el("div", { class: "diff", "aria-label": "What changes", role: "group" });
  const events = el("div", { class: "event-diff" });
  const problem = el("p", { class: "problem", role: "status", hidden: true });
  const dialog = el(
    "dialog",
    { class: "correct-card", "aria-label": "Correct the caption" },
    el(
      "header",
      {},
      el("h2", {}, "Correct the caption"),
      el("p", {}, "It is saved with your verdict. The file itself never changes."),
      el("button", { class: "close", type: "button", title: "What you have typed stays here", onclick: () => dialog.close() }, "Close ", el("kbd", {}, "Esc")),
    ),
    el("div", { class: "correct-columns" }, text, el("div", { class: "changes" }, diff, events, problem)),
    el(
      "footer",
      {},
      el("button", { class: "wide primary", type: "button", onclick: keep }, "Keep ", el("kbd", {}, "Ctrl"), el("kbd", {}, "Enter")),
      el("button", { class: "wide fix", type: "button", onclick: accept }, "Keep, and the verdict is Fix ", el("kbd", {}, "Ctrl"), el("kbd", {}, "Shift"), el("kbd", {}, "Enter")),
      el("button", { class: "quiet", type: "button", onclick: startOver }, "Back to the caption of the file"),
    ),
  );
  let data = null;
  let timer = 0;
  let asked = 0;

  root.append(dialog);
  text.addEventListener("input", typed);
  dialog.addEventListener("keydown", pressed);
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    closed();
  });

  function open(newData) {
    data = newData;
    const { editing, correction } = drafts.content;
    text.value = editing || correction || data.caption;
    diff.replaceChildren();
    events.replaceChildren();
    dialog.showModal();
    text.focus();
    text.setSelectionRange(0, 0);
    text.scrollTop = 0;
    compare();
  }

  function typed() {
    drafts.change({ editing: isChanged() ? text.value : "" });
    clearTimeout(timer);
    timer = setTimeout(compare, COMPARE_AFTER);
  }

  function isChanged() {
    return text.value.trim() !== data.caption.trim() && text.value.trim() !== "";
  }

  function pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (event.shiftKey) accept();
    else keep();
  }

  function keep() {
    drafts.change({ correction: isChanged() ? text.value.trim() : "", editing: "" });
    dialog.close();
  }

  function accept() {
    keep();
    judge("fix");
  }

  function startOver() {
    text.value = data.caption;
    drafts.change({ correction: "", editing: "" });
    text.focus();
    compare();
  }

  // ---- what changes; the server compares, as it is the one that reads facial actions

  async function compare() {
    const number = (asked += 1);
    const body = JSON.stringify({ before: data.caption, after: text.value });
    let answer = null;
    try {
      const response = await fetch(data.compareUrl, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (response.ok) answer = await response.json();
    } catch {
      // Said below.
    }
    if (number !== asked) return;
    problem.hidden = answer !== null;
    setText(problem, answer ? "" : "The server does not answer: what changes can't be shown. What you type is kept all the same.");
    if (answer) draw(answer);
  }

  function draw({ words, actions }) {
    const tags = { removed: "del", added: "ins", same: "span" };
    diff.replaceChildren(...words.map(([kind, piece]) => el(tags[kind], { class: kind }, piece)));
    const changes = actions.changes.map(({ kind, title, before, after, region }) =>
      el(
        "li",
        { class: kind },
        el("b", {}, { added: "+", removed: "−", changed: "~" }[kind], el("span", { class: "spoken" }, ` ${kind} `)),
        el("i", { class: "swatch", style: `--mark: var(${colourOf({ region })})` }),
        title,
        el("small", {}, kind === "changed" ? `${before} → ${after}` : kind === "added" ? after : before),
      ),
    );
    const count = actions.changes.length
      ? `Facial actions: ${actions.before} before, ${actions.after} after`
      : `Facial actions: the same ${actions.before} before and after`;
    events.replaceChildren(el("h3", {}, count), el("ul", {}, changes));
  }

  return { open, isOpen: () => dialog.open };
}
