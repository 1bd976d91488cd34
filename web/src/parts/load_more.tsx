/** The end of a list that goes on: asks for more when it comes into view, or when pressed. */
import { useEffect, useRef } from "preact/hooks";

export function More({ next, isLoading }: { next: () => void; isLoading: boolean }) {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && !isLoading && next(), {
      rootMargin: "200px",
    });
    if (element.current) watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [next, isLoading]);
  return (
    <button type="button" ref={element} class="button bare more" disabled={isLoading} onClick={next}>
      {isLoading ? "Loading …" : "Show more"}
    </button>
  );
}
