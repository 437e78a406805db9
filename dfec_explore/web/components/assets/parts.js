// The parts of a caption, each to be called right or wrong: its clauses and their facial events; and what is missing.

const DETAILS_KEY = "dfec.details";

function createParts({ root, redraw, focusPlayer }) {
  let caption = null;
  let data = null;
  let here = null;
  let isOpen = kept() === "1";
  const chooser = createChooser(root, { chosen: addMissing, closed: focusPlayer });

  function kept() {
    try {
      return localStorage.getItem(DETAILS_KEY);
    } catch {
      return null;
    }
  }

  function update(newCaption, newData) {
    if (newData.name !== data?.name) here = null;
    caption = newCaption;
    data = newData;
  }

  function toggle() {
    isOpen = !isOpen;
    try {
      localStorage.setItem(DETAILS_KEY, isOpen ? "1" : "0");
    } catch {
      // It holds until the page is left.
    }
    redraw();
  }

  // ---- what is said of them

  function say(part, word) {
    const parts = { ...drafts.content.parts };
    if (parts[part] === word) delete parts[part];
    else parts[part] = word;
    here = part;
    drafts.change({ parts });
    redraw();
  }

  function addMissing(action, phase) {
    drafts.change({ parts: { ...drafts.content.parts, [`missing:${phase}:${action}`]: "missing" } });
  }

  function eventsOf(block) {
    const first = block.pieces[0]?.start ?? 0;
    const numbers = new Set(block.pieces.flatMap((piece) => piece.events));
    return [...numbers].sort((one, other) => one - other).map((number) => caption.events[number]).filter((event) => event.start >= first);
  }

  function all() {
    return caption.blocks.flatMap((block) => [block.part, ...eventsOf(block).map((event) => event.part)].filter(Boolean));
  }

  function move(step) {
    const parts = all();
    if (parts.length === 0) return;
    const at = parts.indexOf(here);
    here = parts[at < 0 ? (step > 0 ? 0 : parts.length - 1) : clamp(at + step, 0, parts.length - 1)];
    redraw();
  }

  function actionFor({ key, repeat }) {
    if (key === "l") return () => !repeat && toggle();
    if (!isOpen) return null;
    if (key === "j") return () => move(1);
    if (key === "k") return () => move(-1);
    if (key === "r") return () => !repeat && here && say(here, "right");
    if (key === "w") return () => !repeat && here && say(here, "wrong");
    if (key === "i") return () => !repeat && chooser.open(data);
    return null;
  }

  // ---- drawing

  function partsOf(block) {
    if (!isOpen) return null;
    const events = eventsOf(block).map((event) => chip(event.part, eventTitle(event), event));
    const whole = block.part ? [chip(block.part, "Whole clause", null)] : [];
    return whole.length + events.length ? el("div", { class: "parts" }, whole, events) : null;
  }

  function chip(part, title, event) {
    const said = drafts.content.parts[part] ?? "";
    const button = (word, image) =>
      el(
        "button",
        {
          type: "button",
          class: `say ${word}`,
          "data-focus": `${word} ${part}`,
          "aria-pressed": String(said === word),
          "aria-label": `${title}: ${word}`,
          title: `${word[0].toUpperCase()}${word.slice(1)} (${word[0]})`,
          onclick: () => say(part, word),
        },
        icon(image),
      );
    return el(
      "span",
      { class: `part ${said} ${part === here ? "here" : ""}`, "data-part": part, role: "group", "aria-label": title },
      event && el("i", { class: "swatch", style: `--mark: var(${colourOf(event)})` }),
      el("span", { class: "part-title" }, title, said && el("small", {}, said)),
      button("right", "right"),
      button("wrong", "wrong"),
    );
  }

  function foot() {
    const missing = Object.keys(drafts.content.parts).filter((part) => part.startsWith("missing:"));
    if (!isOpen && missing.length === 0) return [];
    const add = el("button", { type: "button", class: "add", "data-focus": "add", onclick: () => chooser.open(data) }, icon("add"), "Missing action", el("kbd", { "aria-hidden": "true" }, "i"));
    return [el("div", { class: "parts missing" }, missing.map(missingChip), add)];
  }

  function missingChip(part) {
    const [, phase, label] = part.split(":");
    const action = data.actions.find((candidate) => candidate.label === label);
    const title = action?.title ?? label;
    const when = data.phases.find(([id]) => id === phase)?.[1] ?? phase;
    return el(
      "span",
      { class: "part missing" },
      el("i", { class: "swatch", style: `--mark: var(${colourOf({ region: action?.region })})` }),
      el("span", { class: "part-title" }, title, el("small", {}, `missing · ${when}`)),
      el("button", { type: "button", class: "say", "aria-label": `Take away: ${title} missing`, title: "Take away", onclick: () => say(part, "missing") }, icon("wrong")),
    );
  }

  function headTools() {
    return el(
      "button",
      { type: "button", class: "details", "data-focus": "details", "aria-pressed": String(isOpen), title: "Judge clauses and facial actions one by one (l)", onclick: toggle },
      "Details",
      el("kbd", { "aria-hidden": "true" }, "l"),
    );
  }

  return {
    update,
    partsOf,
    foot,
    headTools,
    actionFor,
    state: () => [isOpen, here, drafts.content.parts],
    drawn: (body) => body.querySelector(".part.here")?.scrollIntoView({ block: "nearest" }),
  };
}

function eventTitle(event) {
  const stated = event.facts.filter(([name]) => ["Direction", "Side", "Intensity"].includes(name)).map(([, value]) => value);
  return [event.title, ...stated].join(" · ");
}

// Two steps on one card: which action, then when.
function createChooser(root, { chosen, closed }) {
  const input = el("input", { type: "search", role: "combobox", "aria-label": "Missing action", "aria-expanded": "true", "aria-controls": "choices", autocomplete: "off", spellcheck: "false" });
  const list = el("ul", { id: "choices", role: "listbox" });
  const title = el("h3");
  const dialog = el("dialog", { class: "chooser", "aria-label": "Missing action" }, title, input, list);
  let options = [];
  let at = 0;
  let action = null;
  let data = null;

  root.append(dialog);
  input.addEventListener("input", () => search());
  input.addEventListener("keydown", pressed);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", closed);

  function open(newData) {
    data = newData;
    action = null;
    show("Which action is missing?", "Search, e.g. blink");
    dialog.showModal();
    input.focus();
  }

  function show(words, placeholder) {
    setText(title, words);
    input.value = "";
    input.placeholder = placeholder;
    search();
  }

  // Every word that is typed must begin a word of the title, the label or the region.
  function search() {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (words) => wanted.every((piece) => words.some((word) => word.startsWith(piece)));
    const named = (texts) => texts.join(" ").toLowerCase().split(/[^\p{L}\p{N}]+/u);
    options = action === null
      ? data.actions.filter((candidate) => fits(named([candidate.title, candidate.label, candidate.regionTitle])))
          .map((candidate) => ({ title: candidate.title, small: candidate.regionTitle, region: candidate.region, pick: () => pickAction(candidate) }))
      : data.phases.filter(([, name]) => fits(named([name])))
          .map(([id, name]) => ({ title: name, small: "", region: null, pick: () => pickPhase(id) }));
    at = 0;
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...options.map((option, number) =>
        el(
          "li",
          { role: "option", id: `choice-${number}`, "aria-selected": String(number === at), onclick: option.pick },
          option.region && el("i", { class: "swatch", style: `--mark: var(${colourOf(option)})` }),
          option.title,
          option.small && el("small", {}, option.small),
        ),
      ),
    );
    if (options.length === 0) list.append(el("li", { class: "none" }, "Nothing fits"));
    input.setAttribute("aria-activedescendant", `choice-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) at = (at + step + options.length) % options.length;
    else if (event.key === "Enter") options[at]?.pick();
    else return;
    event.preventDefault();
    if (step) draw();
  }

  function pickAction(candidate) {
    action = candidate.label;
    show(`When is “${candidate.title}” seen?`, "Beginning, middle, end …");
    input.focus();
  }

  function pickPhase(id) {
    dialog.close();
    chosen(action, id);
  }

  return { open };
}
