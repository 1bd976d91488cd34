/** Line icons on a grid of 16 px. Each is decorative: a label beside it or on its button says the same. */

const PATHS = {
  search: "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM11 11l3 3",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  expand: "M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 1v3M8 12v3M1 8h3M12 8h3",
  table: "M2 3h12v10H2zM2 7h12M7 3v10",
  graph: "M4 12a2 2 0 1 0 0-.1M12 10a2 2 0 1 0 0-.1M8 4a2 2 0 1 0 0-.1M5 10.5 7.2 5.5M6 12l4-1.6M9 5.5l2 3",
  people:
    "M6 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 14c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M11 7a2 2 0 0 0 0-4M12 9.7" +
    "c1.6.5 2.5 1.9 2.5 4.3",
  feed: "M2 3h12M2 8h12M2 13h8",
  talk: "M2 3h12v8H7l-3 3v-3H2z",
  meet: "M5 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0M1 8h4M11 8h4",
  more: "M2.5 8h1M7.5 8h1M12.5 8h1",
  down: "M4 6l4 4 4-4",
  up: "M4 10l4-4 4 4",
  left: "M10 4l-4 4 4 4",
  edit: "M3 13l1-4 7-7 3 3-7 7z",
  share: "M6 9l4-4M7 4l2-2a2.8 2.8 0 0 1 4 4l-2 2M9 12l-2 2a2.8 2.8 0 0 1-4-4l2-2",
  pin: "M8 10v5M5 2h6l-1 4 2 3H4l2-3z",
  unpin: "M8 10v5M5 2h6l-1 4 2 3H4l2-3zM2 2l12 12",
  upload: "M8 11V3M4.5 6.5 8 3l3.5 3.5M2 13h12",
  way: "M3 13a1.5 1.5 0 1 0 0-.1M13 3a1.5 1.5 0 1 0 0-.1M4.5 13H9a2.5 2.5 0 0 0 0-5H7a2.5 2.5 0 0 1 0-5h4.5",
  numbers: "M3 13V8M8 13V3M13 13V6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
