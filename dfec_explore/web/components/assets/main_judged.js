// The caption as a component whose words can be marked and whose parts can be judged.

export default function (component) {
  return mountOnce(component, (root) => mountCaption(root, createJudge));
}
