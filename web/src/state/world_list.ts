/** The list of worlds, page by page. It is asked plainly: who looks at it first waits for no cache (measured: half of a phone's first work). */
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/failures";
import { type Answer, ask } from "../api/request";
import { WorldsDocument, type WorldsQuery, type WorldsQueryVariables } from "../gql/graphql";

type Connection = WorldsQuery["ecosystems"];
type Wanted = Omit<WorldsQueryVariables, "first" | "after">;

export interface Listed {
  found: Connection | undefined;
  failure: Failure | undefined;
  isLoading: boolean;
  /** Appends the next page. */
  more: () => void;
  again: () => void;
}

const PAGE = 24;

/** What was shown last, for whoever comes back; what was asked first, before anything was drawn. */
let kept: { key: string; found: Connection } | undefined;
let early: { key: string; answer: Promise<Answer<WorldsQuery>> } | undefined;

export function askEarly(wanted: Wanted): void {
  early = { key: JSON.stringify(wanted), answer: page(wanted, null) };
}

export function useWorlds(wanted: Wanted): Listed {
  const key = JSON.stringify(wanted);
  const [shown, setShown] = useState<{ key: string; found?: Connection | undefined; failure?: Failure } | undefined>(kept);
  const [asked, setAsked] = useState<{ after: string | null; times: number }>({ after: null, times: 0 });
  const [isLoading, setLoading] = useState(true);

  useEffect(() => {
    let isWanted = true;
    const before = asked.after !== null && shown?.key === key ? shown.found : undefined;
    setLoading(true);
    const answer = early?.key === key ? early.answer : page(wanted, before ? asked.after : null);
    early = undefined;
    void answer.then(({ data, failure }) => {
      if (!isWanted) return;
      setLoading(false);
      if (failure) return setShown({ key, found: before, failure });
      kept = { key, found: joined(before, data.ecosystems) };
      setShown(kept);
    });
    return () => {
      isWanted = false;
    };
  }, [key, asked]);

  const found = shown?.found;
  return {
    found,
    failure: shown?.key === key ? shown.failure : undefined,
    isLoading,
    more: () => !isLoading && setAsked({ after: found?.pageInfo.endCursor ?? null, times: asked.times + 1 }),
    again: () => setAsked({ after: null, times: asked.times + 1 }),
  };
}

function joined(before: Connection | undefined, next: Connection): Connection {
  if (!before) return next;
  const known = new Set(before.edges.map(({ node }) => node.id));
  return { ...next, edges: [...before.edges, ...next.edges.filter(({ node }) => !known.has(node.id))] };
}

function page(wanted: Wanted, after: string | null): Promise<Answer<WorldsQuery>> {
  return ask(WorldsDocument, { ...wanted, first: PAGE, after });
}
