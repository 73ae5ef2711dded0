const AWAY_AFTER = 10 * 60 * 1000;

let last = Date.now();

for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) {
  document.addEventListener(sign, () => (last = Date.now()), { capture: true, passive: true });
}

/** Whether anybody has touched the page lately. An unattended one asks for nothing, so that its session can end. */
export function isAttended(): boolean {
  return Date.now() - last < AWAY_AFTER;
}
