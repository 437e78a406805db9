// The view on the picture: mirrored or not, one to one or enlarged around a point and dragged about.

const ZOOM = 2;
const DRAG_STARTS = 4;

class View {
  constructor(stage, frame, { onClick, onChange }) {
    Object.assign(this, { stage, frame, onClick, onChange });
    this.mirrored = false;
    this.zoomed = false;
    this.origin = { x: 0.5, y: 0.5 };
    this.pointer = { x: 0.5, y: 0.5 };
    this.drag = null;
    frame.addEventListener("pointermove", (event) => this.moved(event));
    frame.addEventListener("pointerdown", (event) => this.pressed(event));
    frame.addEventListener("pointerup", (event) => this.released(event));
    frame.addEventListener("pointercancel", () => this.released(null));
  }

  reset() {
    this.mirrored = false;
    this.zoomed = false;
    this.apply();
  }

  toggleMirror() {
    this.mirrored = !this.mirrored;
    this.apply();
  }

  // Two times around the mouse; without a mouse around the middle.
  toggleZoom() {
    this.zoomed = !this.zoomed;
    this.origin = { ...this.pointer };
    this.apply();
  }

  apply() {
    const percent = (value) => `${(value * 100).toFixed(2)}%`;
    this.frame.style.transformOrigin = `${percent(this.origin.x)} ${percent(this.origin.y)}`;
    this.frame.style.transform = this.zoomed ? `scale(${ZOOM})` : "none";
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
    if (!this.zoomed || !this.drag.moved) return;
    // Moving the origin by d moves the picture by d * (1 - zoom): the picture follows the hand.
    const follow = (axis) =>
      clamp(this.drag.origin[axis] - (this.pointer[axis] - this.drag.at[axis]) / (ZOOM - 1), 0, 1);
    this.origin = { x: follow("x"), y: follow("y") };
    this.apply();
  }

  released(event) {
    const wasClick = this.drag !== null && !this.drag.moved;
    this.drag = null;
    if (event && wasClick) this.onClick();
  }
}
