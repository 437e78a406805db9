// The player as a component, with or without a caption beside it.

export default function (component) {
  return mountOnce(component, mountPlayer);
}

function mountPlayer(root, { key }) {
  const pair = el("div", { class: "pair" });
  root.append(pair);
  const player = createPlayer(pair, key);
  const beside = el("div", { class: "beside", hidden: true });
  pair.append(beside);
  const caption = mountCaption(beside);
  const update = (data) => {
    root.classList.toggle("dark", isDark(root));
    pair.classList.toggle("with-caption", data.caption !== null);
    beside.hidden = data.caption === null;
    player.update(data);
    if (data.caption) {
      const duration = data.clip.facts?.duration ?? null;
      caption.update({ caption: data.caption, duration, player: key, legend: true, framed: true });
    }
  };
  return {
    update,
    unmount: () => {
      caption.unmount();
      player.unmount();
    },
  };
}
