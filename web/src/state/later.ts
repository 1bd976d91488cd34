/** Views that are fetched when they are first wanted; until then their place is kept. */
import type { FunctionComponent, JSX } from "preact";
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";

type Loader<Props> = () => Promise<FunctionComponent<Props>>;

export function later<Props extends object>(load: Loader<Props>, placeholder: () => JSX.Element | null = () => null): FunctionComponent<Props> {
  let found: FunctionComponent<Props> | undefined;
  return function Later(props: Props) {
    const [, arrived] = useState(0);
    useEffect(() => {
      if (found) return;
      let isHere = true;
      void load().then((component) => {
        found = component;
        if (isHere) arrived(1);
      });
      return () => void (isHere = false);
    }, []);
    return found ? h(found, props) : placeholder();
  };
}
