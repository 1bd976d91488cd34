/** Whether this machine keeps up: one without a graphics card draws fewer pixels while all moves, and all of them when it rests. */

const REST_MS = 100;
const SLOW_MS = 20;
const SLOW_FRAMES_MAX = 4;
const RECOVERY_PER_FRAME = 0.2;

export class FramePacing {
  private last = -Infinity;
  private slow = 0;

  /** A frame begins at `now`; whether of those that came one upon the other too many were late, now or before. */
  isSlowAt(now: number): boolean {
    const since = now - this.last;
    this.last = now;
    if (this.slow < SLOW_FRAMES_MAX && since < REST_MS)
      this.slow = since > SLOW_MS ? this.slow + 1 : Math.max(0, this.slow - RECOVERY_PER_FRAME);
    return this.slow >= SLOW_FRAMES_MAX;
  }
}
