// The view on the picture: mirrored or not, whole or enlarged to a rectangle that was drawn on it, and dragged about.

const ZOOM = 2;
const MOST_ZOOM = 8;
const DRAG_STARTS = 4;
const LEAST_SIDE = 0.04;

class View {
  constructor(stage, frame, { onClick, onChange }) {
    Object.assign(this, { stage, frame, onClick, onChange });
    this.mirrored = false;
    this.zoom = 1;
    this.origin = { x: 0.5, y: 0.5 };
    this.pointer = { x: 0.5, y: 0.5 };
    this.drag = null;
    this.lasso = el("div", { class: "lasso", hidden: true });
    frame.after(this.lasso);
    frame.addEventListener("pointermove", (event) => this.moved(event));
    frame.addEventListener("pointerdown", (event) => this.pressed(event));
    frame.addEventListener("pointerup", (event) => this.released(event));
    frame.addEventListener("pointercancel", () => this.released(null));
  }

  get zoomed() {
    return this.zoom > 1;
  }

  reset() {
    this.mirrored = false;
    this.zoom = 1;
    this.apply();
  }

  toggleMirror() {
    this.mirrored = !this.mirrored;
    this.apply();
  }

  // Two times around the mouse; without a mouse around the middle.
  toggleZoom() {
    this.zoom = this.zoomed ? 1 : ZOOM;
    this.origin = { ...this.pointer };
    this.apply();
  }

  // The rectangle fills the stage as far as its shape allows; the picture always covers the whole stage.
  zoomTo({ x, y, width, height }) {
    this.zoom = Math.min(1 / Math.max(width, height), MOST_ZOOM);
    const shown = 1 / this.zoom;
    const origin = (middle) => clamp(middle - shown / 2, 0, 1 - shown) / (1 - shown);
    this.origin = { x: origin(x + width / 2), y: origin(y + height / 2) };
    this.apply();
  }

  apply() {
    const percent = (value) => `${(value * 100).toFixed(2)}%`;
    this.frame.style.transformOrigin = `${percent(this.origin.x)} ${percent(this.origin.y)}`;
    this.frame.style.transform = this.zoomed ? `scale(${this.zoom})` : "none";
    this.frame.classList.toggle("zoomed", this.zoomed);
    this.frame.classList.toggle("mirrored", this.mirrored);
    this.onChange();
  }

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  pressed(event) {
    if (event.button !== 0) return;
    this.frame.setPointerCapture(event.pointerId);
    this.drag = { at: this.place(event), x: event.clientX, y: event.clientY, origin: this.origin, moved: false };
  }

  moved(event) {
    this.pointer = this.place(event);
    if (!this.drag) return;
    const distance = Math.hypot(event.clientX - this.drag.x, event.clientY - this.drag.y);
    if (distance > DRAG_STARTS) this.drag.moved = true;
    if (!this.drag.moved) return;
    if (this.zoomed) this.follow();
    else this.drawLasso();
  }

  // Moving the origin by d moves the picture by d * (1 - zoom): the picture follows the hand.
  follow() {
    const axis = (name) => clamp(this.drag.origin[name] - (this.pointer[name] - this.drag.at[name]) / (this.zoom - 1), 0, 1);
    this.origin = { x: axis("x"), y: axis("y") };
    this.apply();
  }

  get rectangle() {
    const ends = (name) => [this.drag.at[name], clamp(this.pointer[name], 0, 1)].sort((one, other) => one - other);
    const [[left, right], [top, bottom]] = [ends("x"), ends("y")];
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  drawLasso() {
    const { x, y, width, height } = this.rectangle;
    const percent = (value) => `${100 * value}%`;
    Object.assign(this.lasso.style, { left: percent(x), top: percent(y), width: percent(width), height: percent(height) });
    this.lasso.hidden = false;
  }

  released(event) {
    const { drag } = this;
    const wasDrawn = !this.lasso.hidden;
    const rectangle = drag && this.rectangle;
    this.drag = null;
    this.lasso.hidden = true;
    if (!event || !drag) return;
    if (!drag.moved) this.onClick();
    else if (wasDrawn && Math.max(rectangle.width, rectangle.height) > LEAST_SIDE) this.zoomTo(rectangle);
  }
}
