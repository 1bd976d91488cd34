/** The mark of a kind of interaction: a shape and a letter, so that it is recognised without colour. */
import type { InteractionKind } from "../gql/graphql";
import { type KindWords, kindWords } from "../words/kinds";

const SHAPES: Record<KindWords["shape"], string> = {
  circle: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
  square: "M3 5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2Z",
  diamond: "M10 1l9 9-9 9-9-9Z",
  triangle: "M10 2l9 16H1Z",
  hexagon: "M5.5 2.5h9L19 10l-4.5 7.5h-9L1 10Z",
  drop: "M10 1c4 5 6.5 7.5 6.5 11a6.5 6.5 0 1 1-13 0C3.5 8.5 6 6 10 1Z",
  cross: "M6 1h8v5h5v8h-5v5H6v-5H1V6h5Z",
};

export function KindMark({ kind, tone = "even" }: { kind: InteractionKind; tone?: "warm" | "cold" | "even" }) {
  const { shape, letter } = kindWords(kind);
  return (
    <svg class={`kind ${tone}`} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d={SHAPES[shape]} />
      <text x="10" y={shape === "triangle" || shape === "drop" ? 15.5 : 13.8} text-anchor="middle">
        {letter}
      </text>
    </svg>
  );
}
