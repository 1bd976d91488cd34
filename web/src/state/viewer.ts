/** Who asks. Signing in or out loads the page anew, so that nothing seen as somebody else stays in memory. */
import { signal } from "@preact/signals";
import { ask } from "../api/request";
import { MeDocument, SignOutDocument } from "../gql/graphql";

export interface Me {
  id: string;
  name: string;
}

/** Undefined until known; null is signed out. */
export const me = signal<Me | null | undefined>(undefined);

export async function recogniseViewer(): Promise<void> {
  const { data } = await ask(MeDocument, {});
  me.value = data?.me ?? null;
}

export async function signOut(): Promise<void> {
  await ask(SignOutDocument, {});
  location.assign("/");
}
