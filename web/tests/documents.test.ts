import { readdirSync, readFileSync } from "node:fs";
import { buildSchema, type DefinitionNode, type DocumentNode, parse, validate } from "graphql";
import { expect, test } from "vitest";
import * as generated from "../src/gql/graphql";

const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));
const texts = new Map(Object.entries(generated).map(([name, document]) => [name, String(document)]));
const folder = new URL("../src/documents/", import.meta.url);
const definitions: DefinitionNode[] = readdirSync(folder).flatMap(
  (file) => parse(readFileSync(new URL(file, folder), "utf8")).definitions as DefinitionNode[],
);

test("all documents together are valid against the committed schema", () => {
  const document: DocumentNode = { kind: "Document" as DocumentNode["kind"], definitions };
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
});

test("every operation of the documents is generated and valid", () => {
  for (const definition of definitions) {
    if (definition.kind !== "OperationDefinition") continue;
    const name = `${definition.name?.value}Document`;
    expect(validate(schema, parse(texts.get(name) ?? "")), name).toEqual([]);
  }
});
