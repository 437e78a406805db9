// What the reviewer does, on its way to the server, and what the server says to it. A verdict is one message with all
// that was entered, under a row id of its own; what was entered goes when the server has said that the row is saved.

const ANSWER_AFTER = 8000;
const LOOK_EVERY = 1000;
const MOVES = ["next", "previous", "undo", "redo"];

function createActs(changed) {
  const timer = setInterval(() => sent() && !isUnderWay() && changed(), LOOK_EVERY);
  let data = null;
  let trigger = null;
  let flight = null;
  let next = null;
  let done = null;

  const player = () => players.get(data.player) ?? null;
  const sent = () => drafts.attempt ?? flight;

  // ---- what the server says

  function update(newData, component) {
    data = newData;
    trigger = component.setTriggerValue;
    if (data.sample) drafts.open(data.sample.name);
    if (data.restore && isNews(data.restore.row)) drafts.restore(data.restore.name, data.restore.content);
    if (data.forget && isNews(data.forget.row)) drafts.forget(data.forget.name, data.forget.content);
    takeAnswer();
    settleLostAttempt();
    sendNext();
  }

  // The page tells the last answer again with every run.
  function isNews(row) {
    if (drafts.told.has(row)) return false;
    drafts.told.add(row);
    return true;
  }

  function takeAnswer() {
    const { answer } = data;
    if (!answer || !isNews(`${answer.row} ${answer.count}`)) return;
    const { row, name, problem } = answer;
    if (!problem) done = row;
    if (flight?.row === row) flight = problem && flight.do !== "verdict" ? { ...flight, problem } : null;
    if (name) drafts.answered(name, row, !problem, problem);
  }

  // A verdict that was sent before the page was loaded anew, or to a server that was restarted since.
  function settleLostAttempt() {
    const { attempt } = drafts;
    if (!attempt) return;
    if (data.own?.row === attempt.row) drafts.answered(drafts.name, attempt.row, true);
    else if (!attempt.problem && attempt.session !== data.session) {
      drafts.answered(drafts.name, attempt.row, false, "The server did not confirm it: the page or the server was started anew meanwhile.");
    }
  }

  // ---- one act at a time: Streamlit would let the next message take the place of one that it has not read yet

  function isUnderWay() {
    return flight !== null && !flight.problem && Date.now() - flight.at < ANSWER_AFTER;
  }

  // What comes while the history or the guidelines open is done after that, and so is what comes when the next caption
  // is on the screen already and this bar has not heard of it. What comes before that would be meant for a sample that
  // nobody has seen yet, but for a further move, and an undo of the verdict that is under way.
  function wait(what, action) {
    const isSeen = drafts.name !== flight.name || ["history", "guidelines"].includes(flight.do);
    if (isSeen) next = { name: drafts.name, action };
    else if (flight.do === "verdict" ? what === "undo" : MOVES.includes(what)) next = { behind: flight.row, action };
  }

  function sendNext() {
    if (next === null || isUnderWay()) return;
    const { name, behind, action } = next;
    next = null;
    if (behind ? behind === done : name === drafts.name) action();
  }

  function send(message) {
    flight = { row: message.row, do: message.do, name: drafts.name, message, at: Date.now(), problem: null };
    trigger("act", message);
    if (["verdict", "next"].includes(message.do)) player()?.goAhead();
    changed();
  }

  // ---- acts

  // Given twice with the same content it is the same row: the first may have been saved all the same.
  function judge(verdict) {
    if (!data.reviewer) return;
    if (isUnderWay()) return wait("verdict", () => judge(verdict));
    if (data.sample?.name !== drafts.name) return;
    const { attempt, content } = drafts;
    const isSameAgain = attempt && attempt.message.verdict === verdict && isSame(attempt.content, content);
    submit(isSameAgain ? attempt.message : verdictMessage(verdict, content), content);
  }

  function verdictMessage(verdict, { reasons, note, correction, spans, parts }) {
    const { watched = null, seconds = null, mirrored = false } = player()?.viewing() ?? {};
    return {
      do: "verdict",
      row: randomId(),
      sample: data.sample.key,
      verdict,
      reasons,
      note,
      correction,
      spans,
      parts,
      watched: player()?.isPlayable() ? watched : null,
      seconds,
      mirrored,
      watchedFirst: drafts.veil(drafts.name) === "lifted",
    };
  }

  function submit(message, content) {
    drafts.setAttempt({ row: message.row, message, content, at: Date.now(), session: data.session, problem: null });
    send(message);
  }

  // Whether it can be done is asked of the server's last word, which behind another act is not here yet.
  function go(what) {
    if (isUnderWay()) return wait(what, () => go(what));
    if (MOVES.includes(what) && !data.can[what]) return;
    send({ do: what, row: randomId(), sample: data.sample?.key ?? null });
  }

  function tryAgain() {
    const { attempt } = drafts;
    if (attempt) submit(attempt.message, attempt.content);
    else if (flight) send(flight.message);
  }

  // Why what was sent is not saved; null while there is nothing to say.
  function problem() {
    if (sent()?.problem) return `Not saved; what you entered is kept. ${sent().problem}`;
    if (sent() && Date.now() - sent().at > ANSWER_AFTER) return "Not saved yet: the server does not answer. What you entered is kept.";
    return null;
  }

  return {
    update,
    judge,
    go,
    tryAgain,
    problem,
    isSaving: (verdict) => drafts.attempt?.message.verdict === verdict && !drafts.attempt.problem,
    unmount: () => clearInterval(timer),
  };
}
