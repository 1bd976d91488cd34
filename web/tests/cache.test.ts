import { type AnyVariables, Client, fetchExchange, type TypedDocumentNode } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { describe, expect, test } from "vitest";
import { keys, possibleTypes, resolvers, updates } from "../src/api/cache_config";
import {
  CharacterDocument,
  CreateCharacterDocument,
  DeleteEcosystemDocument,
  InteractDocument,
  PeopleDocument,
  type TypedDocumentString,
  WorldsDocument,
} from "../src/gql/graphql";

type Answer = (variables: Record<string, never>) => unknown;

/** A client with the real cache. Its server answers by the name of the operation; `asked` lists the operations it receives. */
function clientOver(answers: Record<string, Answer>): { client: Client; asked: string[] } {
  const asked: string[] = [];
  const fetch = (async (_url: string, init: RequestInit) => {
    const { query, variables } = JSON.parse(init.body as string) as { query: string; variables: Record<string, never> };
    const name = /(?:query|mutation) (\w+)/.exec(query)![1]!;
    asked.push(name);
    return new Response(JSON.stringify({ data: answers[name]!(variables) }), {
      headers: { "content-type": "application/json" },
    });
  }) as typeof globalThis.fetch;
  const client = new Client({
    url: "http://observatory/graphql",
    preferGetMethod: false,
    fetch,
    exchanges: [cacheExchange({ keys, possibleTypes, resolvers, updates, logger: () => undefined }), fetchExchange],
  });
  return { client, asked };
}

const text = <Data, Variables extends AnyVariables>(document: TypedDocumentString<Data, Variables>) =>
  document.toString() as unknown as TypedDocumentNode<Data, Variables>;
const person = (id: string, energy = 1) => ({
  __typename: "Character",
  id,
  name: id,
  energy,
  mood: 0,
  isActive: true,
  viewerCanAct: true,
  owner: null,
});
const people = (ids: string[], next: string | null) => ({
  ecosystem: {
    __typename: "Ecosystem",
    id: "w",
    characters: {
      __typename: "CharacterConnection",
      totalCount: 4,
      edges: ids.map((id) => ({ __typename: "CharacterEdge", cursor: id, node: person(id) })),
      pageInfo: { __typename: "PageInfo", hasNextPage: next !== null, endCursor: next },
    },
  },
});
const list = { id: "w", first: 2, filter: null, orderBy: "NAME" as const };

describe("the cache", () => {
  test("appends the pages of a list", async () => {
    const { client } = clientOver({ People: ({ after }) => (after ? people(["c", "d"], null) : people(["a", "b"], "b")) });
    await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    const { data } = await client.query(text(PeopleDocument), { ...list, after: "b" }).toPromise();
    expect(data!.ecosystem!.characters.edges.map(({ node }) => node.id)).toEqual(["a", "b", "c", "d"]);
  });

  test("updates a character in every list after an interaction", async () => {
    const { client } = clientOver({
      People: () => people(["a", "b"], null),
      Interact: () => ({
        interact: {
          __typename: "InteractPayload",
          cursor: "x",
          initiator: person("a", 0.25),
          responder: person("b", 0.5),
          interaction: {
            __typename: "Interaction",
            id: "i",
            kind: "CHAT",
            initiatorName: "a",
            responderName: "b",
            initiator: person("a", 0.25),
            responder: person("b", 0.5),
            content: "",
            accepted: true,
            initiatorValence: 0,
            responderValence: 0,
            chance: 1,
            drawn: 0,
            reasons: [],
            effects: [],
            worldSeconds: 1,
            createdAt: "",
          },
        },
      }),
    });
    await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    await client.mutation(text(InteractDocument), { input: { initiatorId: "a", responderId: "b", kind: "CHAT" } }).toPromise();
    const { data } = await client
      .query(text(PeopleDocument), { ...list, after: null }, { requestPolicy: "cache-only" })
      .toPromise();
    expect(data!.ecosystem!.characters.edges.map(({ node }) => node.energy)).toEqual([0.25, 0.5]);
  });

  test("refetches a world's characters after one is created", async () => {
    let born = false;
    const { client, asked } = clientOver({
      People: () => people(born ? ["a", "b", "new"] : ["a", "b"], null),
      CreateCharacter: () => {
        born = true;
        return {
          createCharacter: {
            __typename: "CharacterPayload",
            cursor: "x",
            character: {
              ...person("new"),
              description: "",
              version: 1,
              viewerCanEdit: true,
              traits: {
                __typename: "Traits",
                openness: 0.5,
                conscientiousness: 0.5,
                extraversion: 0.5,
                agreeableness: 0.5,
                neuroticism: 0.5,
              },
            },
          },
        };
      },
    });
    await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    await client.mutation(text(CreateCharacterDocument), { input: { ecosystemId: "w", name: "new" } }).toPromise();
    const { data } = await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    expect(asked).toEqual(["People", "CreateCharacter", "People"]);
    expect(data!.ecosystem!.characters.edges).toHaveLength(3);
  });

  test("removes a deleted world from the list of worlds", async () => {
    const { client, asked } = clientOver({
      Worlds: () => ({
        ecosystems: {
          __typename: "EcosystemConnection",
          edges: [],
          pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
        },
      }),
      DeleteEcosystem: () => ({ deleteEcosystem: { __typename: "DeletePayload", deletedId: "w", cursor: null } }),
    });
    const worlds = { first: 10, after: null, filter: null, orderBy: "NAME" as const };
    await client.query(text(WorldsDocument), worlds).toPromise();
    await client.query(text(WorldsDocument), worlds).toPromise();
    await client.mutation(text(DeleteEcosystemDocument), { input: { id: "w" } }).toPromise();
    await client.query(text(WorldsDocument), worlds).toPromise();
    expect(asked).toEqual(["Worlds", "DeleteEcosystem", "Worlds"]);
  });

  test("returns a refusal and keeps its entities", async () => {
    const { client } = clientOver({
      People: () => people(["a"], null),
      Interact: () => ({
        interact: {
          __typename: "TooTired",
          explanation: "Too tired.",
          restedWorldSeconds: 90,
          character: { __typename: "Character", id: "a", name: "a", energy: 0.01 },
        },
      }),
    });
    await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    const { data } = await client
      .mutation(text(InteractDocument), { input: { initiatorId: "a", responderId: "b", kind: "CONFLICT" } })
      .toPromise();
    expect(data!.interact).toMatchObject({ __typename: "TooTired", restedWorldSeconds: 90 });
    const after = await client
      .query(text(PeopleDocument), { ...list, after: null }, { requestPolicy: "cache-only" })
      .toPromise();
    expect(after.data!.ecosystem!.characters.edges[0]!.node.energy).toBe(0.01);
  });

  test("finds a character of a list by id without a request", async () => {
    const { client, asked } = clientOver({ People: () => people(["a"], null), Character: () => ({ character: null }) });
    await client.query(text(PeopleDocument), { ...list, after: null }).toPromise();
    await client.query(text(CharacterDocument), { id: "unknown" }).toPromise();
    expect(asked).toEqual(["People", "Character"]);
  });

  test("keeps the null of a missing character", async () => {
    const { client, asked } = clientOver({ Character: () => ({ character: null }) });
    for (let times = 0; times < 2; times++) {
      const { data } = await client.query(text(CharacterDocument), { id: "unknown" }).toPromise();
      expect(data).toMatchObject({ character: null });
    }
    expect(asked).toEqual(["Character"]);
  });
});
