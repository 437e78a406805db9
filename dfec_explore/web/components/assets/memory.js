// A text in localStorage: written when Python sends one, read once when Python asks.

export default function ({ data, setStateValue }) {
  const name = `dfec.${data.name}`;
  try {
    if (data.value === null) answer(localStorage.getItem(name));
    else if (data.value === "") localStorage.removeItem(name);
    else localStorage.setItem(name, data.value);
  } catch {
    // A browser that keeps nothing for this site: there is nothing to remember, and nothing is wrong.
  }

  function answer(kept) {
    if (kept) setStateValue("value", kept);
  }
}
