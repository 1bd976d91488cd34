/** Refetches a query when facts arrive that change its data: at most once a second, and once after the last fact. */
import { useEffect, useRef } from "preact/hooks";
import type { Fact } from "../words/activity";
import { activityFeed } from "./activity_feed";

const INTERVAL_MIN_MS = 1_000;

export function useRefetchOnFacts(refetch: () => void, isRelevant: (fact: Fact) => boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (timer.current || !activityFeed.latestBatch.value.some(isRelevant)) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        refetch();
      },
      Math.max(0, last.current + INTERVAL_MIN_MS - Date.now()),
    );
  }, [activityFeed.latestBatch.value]);
}
