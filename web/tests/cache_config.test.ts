import { readdirSync, readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, test } from "vitest";
import { keys, possibleTypes } from "../src/api/cache_config";

const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));
const folder = new URL("../src/documents/", import.meta.url);
const document = parse(
  readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n"),
);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

/** Operations whose results do not pass through the cache. */
const UNCACHED = ["Network", "FollowNetwork", "FollowActivity"];

/** Object types that the documents select from, and abstract types that their fragments are on. */
const selected = new Set<GraphQLObjectType>();
const conditions = new Set<string>();
const info = new TypeInfo(schema);
visit(
  document,
  visitWithTypeInfo(info, {
    OperationDefinition: ({ name }) => (UNCACHED.includes(name?.value ?? "") ? false : undefined),
    SelectionSet: () => {
      const type = getNamedType(info.getParentType());
      const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
      for (const object of objects) selected.add(object);
    },
    FragmentDefinition: ({ typeCondition }) => void conditions.add(typeCondition.name.value),
    InlineFragment: ({ typeCondition }) =>
      void (typeCondition?.kind === Kind.NAMED_TYPE && conditions.add(typeCondition.name.value)),
  }),
);

test("the types without an id that the documents read have no key in the cache, and no others", () => {
  const withoutId = [...selected].filter((type) => !roots.includes(type) && !("id" in type.getFields()));
  expect(Object.keys(keys ?? {}).sort()).toEqual(withoutId.map(({ name }) => name).sort());
});

test("each abstract type that a fragment is on lists the types that it can be", () => {
  const expected: Record<string, string[]> = {};
  for (const name of conditions) {
    const type = schema.getType(name);
    if (isAbstractType(type)) expected[name] = schema.getPossibleTypes(type).map((possible) => possible.name);
  }
  const sorted = (types: Record<string, readonly string[]>) =>
    Object.fromEntries(Object.entries(types).map(([name, names]) => [name, [...names].sort()]));
  expect(sorted(possibleTypes as Record<string, string[]>)).toEqual(sorted(expected));
});
