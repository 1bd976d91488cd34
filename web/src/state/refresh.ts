/** Asks again when facts come that a view shows, at most once a second, and once more after the last. */
import { useEffect, useRef } from "preact/hooks";
import type { Happening } from "../words/activity";
import { activityFeed } from "./activity_feed";

const LEAST_MS = 1_000;

export function useRefresh(again: () => void, concerns: (fact: Happening) => boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (timer.current || !activityFeed.latestBatch.value.some(concerns)) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        again();
      },
      Math.max(0, last.current + LEAST_MS - Date.now()),
    );
  }, [activityFeed.latestBatch.value]);
}
