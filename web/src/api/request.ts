/** Sends one GraphQL request without the cache: for the feed and for data that is read once. */
import type { TypedDocumentString } from "../gql/graphql";
import { type Failure, toFailure } from "./failures";

export const ENDPOINT = "/graphql";
export const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json;q=0.9",
};

export type RequestResult<Data> = { data: Data; failure?: undefined } | { data?: undefined; failure: Failure };

export async function request<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<RequestResult<Data>> {
  try {
    const response = await fetch(ENDPOINT, {
      method: "POST",
      headers: HEADERS,
      credentials: "same-origin",
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    });
    const body = (await response.json()) as {
      data?: Data | null;
      errors?: { message: string; extensions?: Record<string, unknown> }[];
    };
    if (body.data && !body.errors?.length) return { data: body.data };
    return { failure: toFailure({ graphQLErrors: body.errors ?? [], response }) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { failure: toFailure({ networkError: error as Error }) };
  }
}
