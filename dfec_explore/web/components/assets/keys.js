// One owner of the keys: the player that was mounted last listens on the document, before anybody else.
//
// A Streamlit button that was clicked keeps the focus, and space would press it again: a second verdict. A focused
// radio button or select box makes Streamlit ignore its own shortcuts. So the player swallows the keys that are its
// own (down and up), leaves all others alone, and takes the focus back after clicks on what is not for typing.

const TEXT_INPUTS = new Set(["text", "search", "number", "email", "url", "tel", "password", "date", "time", "datetime-local", "month", "week"]);
const TYPING_ROLES = new Set(["textbox", "combobox", "searchbox", "spinbutton"]);
const ARROW_ROLES = new Set(["radio", "slider", "tab", "option", "listbox", "menuitem", "menu", "grid", "gridcell", "treeitem"]);
const ONCE_PER_PRESS = new Set([" ", "m", "x", "o", "z", "<", ">", "q", "?"]);
const HANDS_BACK = ".stButton, .stButtonGroup, .stRadio, .stCheckbox, .stDownloadButton, .stLinkButton, .stFeedback";

const SELECT_CLOSES = 50;

let owner = null;

function ownKeys(player) {
  if (owner === null) listen("addEventListener");
  owner = player;
}

function releaseKeys(player) {
  if (owner !== player) return;
  owner = null;
  swallowed.clear();
  listen("removeEventListener");
}

function listen(method) {
  document[method]("keydown", keyDown, true);
  document[method]("keyup", keyUp, true);
  document[method]("click", clicked, true);
  document[method]("change", changed, true);
}

const swallowed = new Set();

function keyDown(event) {
  if (isLineFinished(event)) setTimeout(() => owner?.focus(), SELECT_CLOSES);
  if (isChoiceMade(event)) setTimeout(leaveSelect, SELECT_CLOSES);
  if (event.defaultPrevented || isElsewhere(event)) return;
  if (owner.helpIsOpen() && event.key !== "?") {
    if (!isCombined(event) && !["Escape", "Tab", "Enter"].includes(event.key)) swallow(event);
    return;
  }
  const action = pageActionFor(event) ?? (isForOthers(event) ? null : owner.actionFor(event.key));
  if (!action) {
    passOn(event);
    return;
  }
  swallow(event);
  if (!(event.repeat && ONCE_PER_PRESS.has(event.key))) action();
}

// A verdict key on its way to Streamlit: the report goes ahead of it. Held down it would give verdict after verdict;
// its release passes, or Streamlit would think it still down and take the next key for a combination.
function passOn(event) {
  if (isCombined(event) || !owner.isVerdictKey(event.key)) return;
  if (event.repeat) {
    stop(event);
    return;
  }
  owner.report();
  setTimeout(takeFocus);
}

function keyUp(event) {
  if (swallowed.delete(event.code)) stop(event);
}

function swallow(event) {
  swallowed.add(event.code);
  stop(event);
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Text that is being written, and dialogs, have their keys to themselves.
function isElsewhere(event) {
  return event.isComposing || event.composedPath().some((node) => isTypedInto(node) || isOtherDialog(node));
}

function isForOthers(event) {
  const target = event.composedPath()[0];
  return isCombined(event) || (isArrow(event.key) && ARROW_ROLES.has(roleOf(target)) && !owner.contains(target));
}

// On some keyboards "[" needs AltGr, which counts as Ctrl and Alt.
function isCombined(event) {
  return event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph"));
}

function isTypedInto(node) {
  if (!(node instanceof HTMLElement)) return false;
  if (node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement || node.isContentEditable) return true;
  if (node instanceof HTMLInputElement) return TEXT_INPUTS.has(node.type);
  return TYPING_ROLES.has(roleOf(node));
}

function isOtherDialog(node) {
  return node instanceof HTMLElement && (roleOf(node) === "dialog" || node instanceof HTMLDialogElement) && !owner.contains(node);
}

function roleOf(node) {
  if (node instanceof HTMLInputElement && node.type === "radio") return "radio";
  return node instanceof HTMLElement ? node.getAttribute("role") : null;
}

function isArrow(key) {
  return key.startsWith("Arrow");
}

function clicked(event) {
  const path = event.composedPath();
  if (path.some((node) => owner.isVerdictElement(node))) owner.report();
  const target = path[0] instanceof Element ? path[0] : null;
  if (target?.closest("[role=option]")) setTimeout(leaveSelect, SELECT_CLOSES);
  // A click without a mouse (Enter on a button) leaves the focus where the keyboard put it.
  else if (event.detail > 0 && target?.closest(HANDS_BACK)) setTimeout(takeFocus);
}

// Enter or Escape in a field of one line: what was typed is done with, and the next key is meant for the page again.
function isLineFinished(event) {
  const target = event.composedPath()[0];
  if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return false;
  return target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type) && roleOf(target) !== "combobox";
}

function isChoiceMade(event) {
  const target = event.composedPath()[0];
  return event.key === "Enter" && roleOf(target) === "combobox" && target.getAttribute("aria-expanded") === "true";
}

// A select box keeps the focus after the choice, as a field for typing; with several choices it may well be needed.
function leaveSelect() {
  const focused = document.activeElement;
  if (roleOf(focused) !== "combobox") takeFocus();
  else if (focused.getAttribute("aria-expanded") !== "true" && !focused.closest(".stMultiSelect")) owner?.focus();
}

// A radio button or check box that was clicked gives the focus back; one that is being moved through by keyboard
// keeps it, or it could not be used without a mouse.
function changed(event) {
  const target = event.composedPath()[0];
  if (target instanceof HTMLInputElement && !isTypedInto(target) && !target.matches(":focus-visible")) setTimeout(takeFocus);
}

function takeFocus() {
  const focused = document.activeElement;
  if (owner === null || (focused && (isTypedInto(focused) || focused.closest("[role=dialog]")))) return;
  owner.focus();
}
