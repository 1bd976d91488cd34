/** Who asks. Signing in or out loads the page anew, so that nothing seen as somebody else stays in memory. */
import { signal } from "@preact/signals";
import { request } from "../api/request";
import { MeDocument, SignOutDocument } from "../gql/graphql";

export interface Viewer {
  id: string;
  name: string;
}

/** Undefined until known; null is signed out. */
export const viewer = signal<Viewer | null | undefined>(undefined);

export async function loadViewer(): Promise<void> {
  const { data } = await request(MeDocument, {});
  viewer.value = data?.me ?? null;
}

export async function signOut(): Promise<void> {
  await request(SignOutDocument, {});
  location.assign("/");
}
