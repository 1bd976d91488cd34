/** Detects machines that draw too slowly, such as those without a graphics card. They draw fewer pixels while the picture
 * moves. */

const REST_MS = 100;
const SLOW_MS = 20;
const SLOW_FRAMES_MAX = 4;
const RECOVERY_PER_FRAME = 0.2;

export class FramePacing {
  private last = -Infinity;
  private slow = 0;

  /** Call at the start of each frame. Returns true once too many successive frames were late, and stays true. */
  isSlowAt(now: number): boolean {
    const since = now - this.last;
    this.last = now;
    if (this.slow < SLOW_FRAMES_MAX && since < REST_MS)
      this.slow = since > SLOW_MS ? this.slow + 1 : Math.max(0, this.slow - RECOVERY_PER_FRAME);
    return this.slow >= SLOW_FRAMES_MAX;
  }
}
