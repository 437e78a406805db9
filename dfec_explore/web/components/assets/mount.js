// Mounting: Streamlit calls a component at first, and again with new data after every rerun and change of theme.

const mounted = new WeakMap();
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);

function mountOnce(component, mountForm) {
  const { data, parentElement } = component;
  if (!mounted.has(parentElement)) mounted.set(parentElement, mountRoot(parentElement, data, mountForm));
  const form = mounted.get(parentElement);
  form.update(data, component);
  return () => {
    mounted.delete(parentElement);
    form.unmount();
  };
}

function mountRoot(parent, data, mountForm) {
  const scope = parent.getRootNode();
  if (!scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets.push(sheet);
  const root = el("div", { class: "dfec" });
  parent.append(root);
  const form = mountForm(root, data);
  return {
    update: form.update,
    unmount: () => {
      form.unmount();
      root.remove();
    },
  };
}

// The estimated seconds come from Python where the clip was probed, else from the player as soon as it knows.
function mountCaption(root, makeJudge = () => null) {
  const caption = createCaption(root, createTooltip(root), makeJudge);
  let endWatch = () => {};
  let watched = null;
  let data = null;

  function draw(player) {
    const duration = data.duration ?? (player?.duration() || null);
    caption.draw(data.caption, { duration, legend: data.legend, framed: data.framed, judging: data.judging });
    caption.follow(player);
  }

  function update(newData) {
    data = newData;
    if (data.player !== watched) {
      endWatch();
      watched = data.player;
      endWatch = watched ? watchPlayer(watched, draw) : () => {};
    }
    draw(players.get(watched) ?? null);
  }

  return {
    update,
    unmount: () => {
      endWatch();
      caption.unmount();
    },
  };
}
