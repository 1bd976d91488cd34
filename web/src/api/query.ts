/** Hooks and functions that go through the urql client: `useQuery` keeps a query's result current, `mutate` sends a
 * mutation. */

import { type AnyVariables, createRequest, type OperationResult, type RequestPolicy } from "@urql/core";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { TypedDocumentString } from "../gql/graphql";
import { client } from "./client";
import { type Failure, toFailure } from "./failures";

export interface QueryState<Data> {
  data: Data | undefined;
  failure: Failure | undefined;
  isLoading: boolean;
  refetch: () => void;
}

/** Sends no request while `variables` is null. The last data stays until the next result of the same document arrives. */
export function useQuery<Data, Variables extends AnyVariables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables | null,
  policy: RequestPolicy = "cache-and-network",
): QueryState<Data> {
  const key = variables && JSON.stringify(variables);
  const [result, setResult] = useState<{ key: string; value: OperationResult<Data, Variables> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const request = useMemo(() => variables && createRequest<Data, Variables>(document.toString(), variables), [document, key]);

  useEffect(() => {
    if (!request || key === null) return;
    const { unsubscribe } = client
      .executeQuery<Data, Variables>(request, { requestPolicy: attempt ? "network-only" : policy })
      .subscribe((value) => setResult({ key, value }));
    return unsubscribe;
  }, [request, attempt]);

  const refetch = useCallback(() => setAttempt((count) => count + 1), []);
  const error = result?.key === key ? result?.value.error : undefined;
  const failure =
    error && !result?.value.data
      ? toFailure({ ...error, response: error.response as { headers?: Headers } | undefined })
      : undefined;
  return {
    data: result?.value.data ?? undefined,
    failure,
    isLoading: key !== null && result?.key !== key && !failure,
    refetch,
  };
}

export interface Problem {
  path: readonly string[];
  explanation: string;
}

/** A refusal that the schema declares, with its data. `problems` belongs to Invalid, `restedWorldSeconds` to TooTired,
 * `retryAfterSeconds` to TooManyTries, `currentVersion` to Conflict. */
export interface Refusal {
  __typename: string;
  explanation: string;
  problems?: readonly Problem[];
  restedWorldSeconds?: number;
  retryAfterSeconds?: number;
  currentVersion?: number;
}

export type MutationResult<Done> = { payload: Done } | { refusal: Refusal } | { failure: Failure };

type RootField<Data> = Data[Exclude<keyof Data, "__typename">];
type PayloadOf<Data> = Exclude<RootField<Data>, { explanation: string }>;

/** Sends a mutation. A result that has an `explanation` is a refusal; any other is the payload. */
export async function mutate<Data, Variables extends AnyVariables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<MutationResult<PayloadOf<Data>>> {
  const result = await client.mutation<Data, Variables>(document.toString(), variables).toPromise();
  if (!result.data) {
    const error = result.error;
    return { failure: toFailure({ ...error, response: error?.response as { headers?: Headers } | undefined }) };
  }
  const answer = Object.entries(result.data).find(([name]) => name !== "__typename")?.[1] as Refusal | PayloadOf<Data>;
  return answer && typeof answer === "object" && "explanation" in answer
    ? { refusal: answer as Refusal }
    : { payload: answer as PayloadOf<Data> };
}
