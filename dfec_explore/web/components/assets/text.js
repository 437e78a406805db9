// Times and shares in words.

function clockText(seconds) {
  if (!Number.isFinite(seconds)) return "–:––.–";
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = (tenths % 600) / 10;
  return `${minutes}:${rest.toFixed(1).padStart(4, "0")}`;
}

function spentText(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Below ten seconds whole seconds would make neighbouring clauses look alike.
function shareText([from, to], duration) {
  if (!(duration > 0)) return `est. ${Math.round(from * 100)}–${Math.round(to * 100)} %`;
  const digits = duration < 10 ? 1 : 0;
  return `est. ${(from * duration).toFixed(digits)}–${(to * duration).toFixed(digits)} s`;
}

function headingText({ blocks, events }) {
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const clauses = blocks.filter((block) => block.clause !== null).length;
  const counts = [clauses && count(clauses, "clause", "clauses"), count(events.length, "facial action", "facial actions")];
  return `Caption · ${counts.filter(Boolean).join(", ")}`;
}

function noteText(block, duration) {
  if (block.isAppearance && !block.phase) return "appearance";
  const parts = [block.phase, block.share && shareText(block.share, duration)];
  return parts.filter(Boolean).join(" · ");
}
