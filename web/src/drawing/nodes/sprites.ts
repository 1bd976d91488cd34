/** Names and discs, drawn once and copied many times. Without a graphics card, copying is many times faster than drawing
 * paths. */

const SPRITES_MAX = 800;

type Sprite = OffscreenCanvas;

export class Sprites {
  private readonly cache = new Map<string, Sprite>();

  constructor(private readonly ratio: number) {}

  /** Draws a name with a halo in the ground's colour; (x, y) is the middle of its left edge. */
  drawName(
    context: CanvasRenderingContext2D,
    text: string,
    width: number,
    colour: string,
    halo: string,
    x: number,
    y: number,
  ): void {
    const getSprite = this.sprite(`${text} ${colour} ${halo}`, width + 2 * PAD, NAME_HEIGHT, (target) => {
      target.font = NAME_FONT;
      target.textBaseline = "middle";
      target.lineJoin = "round";
      target.lineWidth = 3.5;
      target.strokeStyle = halo;
      target.fillStyle = colour;
      target.strokeText(text, PAD, NAME_HEIGHT / 2);
      target.fillText(text, PAD, NAME_HEIGHT / 2);
    });
    context.drawImage(
      getSprite,
      Math.round((x - PAD) * this.ratio) / this.ratio,
      Math.round((y - NAME_HEIGHT / 2) * this.ratio) / this.ratio,
      width + 2 * PAD,
      NAME_HEIGHT,
    );
  }

  /** Draws a disc with a rim in the ground's colour; inactive characters get a ring. */
  drawDisc(
    context: CanvasRenderingContext2D,
    radius: number,
    colour: string,
    ground: string,
    isRing: boolean,
    x: number,
    y: number,
  ): void {
    const size = Math.max(1, Math.round(radius * 2)) / 2;
    const side = 2 * (size + 2);
    const stamp = this.sprite(`${size} ${colour} ${ground} ${isRing}`, side, side, (target) => {
      target.beginPath();
      target.arc(side / 2, side / 2, size, 0, Math.PI * 2);
      target.fillStyle = isRing ? ground : colour;
      target.fill();
      target.lineWidth = isRing ? 1.5 : 1;
      target.strokeStyle = isRing ? colour : ground;
      target.stroke();
    });
    context.drawImage(stamp, x - side / 2, y - side / 2, side, side);
  }

  private sprite(key: string, width: number, height: number, draw: (brush: OffscreenCanvasRenderingContext2D) => void): Sprite {
    const known = this.cache.get(key);
    if (known) return known;
    if (this.cache.size >= SPRITES_MAX) this.cache.clear();
    const stamp = new OffscreenCanvas(Math.ceil(width * this.ratio), Math.ceil(height * this.ratio));
    const brush = stamp.getContext("2d")!;
    brush.scale(this.ratio, this.ratio);
    draw(brush);
    this.cache.set(key, stamp);
    return stamp;
  }
}

export const NAME_FONT = "500 12px system-ui, sans-serif";
const NAME_HEIGHT = 20;
const PAD = 4;
