/** Components whose chunk is fetched when they are first rendered. A placeholder is shown until then, and a button to retry
 * if it fails. */
import type { FunctionComponent, JSX } from "preact";
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FailureNotice } from "./notices";

type Loader<Props> = () => Promise<FunctionComponent<Props>>;

export function lazy<Props extends object>(
  load: Loader<Props>,
  placeholder: () => JSX.Element | null = () => null,
): FunctionComponent<Props> {
  let component: FunctionComponent<Props> | undefined;
  return function Lazy(props: Props) {
    const [state, setState] = useState<"waiting" | "here" | "failed">("waiting");
    useEffect(() => {
      if (state !== "waiting") return;
      // Another instance may have fetched it between this one's render and its effect.
      if (component) return setState("here");
      let isMounted = true;
      load().then(
        (loaded) => {
          component = loaded;
          if (isMounted) setState("here");
        },
        () => isMounted && setState("failed"),
      );
      return () => {
        isMounted = false;
      };
    }, [state]);
    if (component) return h(component, props);
    return state === "failed" ? (
      <FailureNotice
        failure={{
          title: "A part of the page could not be loaded.",
          advice: "Nothing was lost. Check the connection, then try again.",
        }}
        retry={() => setState("waiting")}
      />
    ) : (
      placeholder()
    );
  };
}
