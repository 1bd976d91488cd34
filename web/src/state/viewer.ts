/** The signed-in user. Signing in or out loads the page again, so that no data of another viewer stays in memory. */
import { signal } from "@preact/signals";
import { request } from "../api/request";
import { MeDocument, SignOutDocument } from "../gql/graphql";

export interface Viewer {
  id: string;
  name: string;
}

/** Undefined before the server answered; null if the viewer is signed out. */
export const viewer = signal<Viewer | null | undefined>(undefined);

export async function loadViewer(): Promise<void> {
  const { data } = await request(MeDocument, {});
  viewer.value = data?.me ?? null;
}

export async function signOut(): Promise<void> {
  await request(SignOutDocument, {});
  location.assign("/");
}
