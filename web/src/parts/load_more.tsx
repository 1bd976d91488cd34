/** The end of a list that has more pages: loads the next one when it becomes visible or is pressed. */
import { useEffect, useRef } from "preact/hooks";

export function LoadMore({ loadNext, isLoading }: { loadNext: () => void; isLoading: boolean }) {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && !isLoading && loadNext(), {
      rootMargin: "200px",
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [loadNext, isLoading]);
  return (
    <button type="button" ref={element} class="button bare more" disabled={isLoading} onClick={loadNext}>
      {isLoading ? "Loading …" : "Show more"}
    </button>
  );
}
