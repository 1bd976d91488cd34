import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Folders of src/ from the lowest to the highest; those of one row do not import each other. */
const LAYERS = [["gql"], ["words"], ["api", "drawing"], ["state"], ["parts"], ["views"]];
const LAYER_OF = new Map(LAYERS.flatMap((folders, layer) => folders.map((folder) => [folder, layer] as const)));
const SOURCE = new URL("../src/", import.meta.url).pathname;
const SPECIFIER = /(?:from|import|URL)\s*\(?\s*"(\.[^"]+)"/g;

interface Import {
  file: string;
  from: string;
  to: string;
}

const imports: Import[] = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && file.includes("/"))
  .flatMap((file) =>
    [...readFileSync(join(SOURCE, file), "utf8").matchAll(SPECIFIER)].map(([, specifier = ""]) => ({
      file: `${file} imports ${specifier}`,
      from: folderOf(file),
      to: folderOf(join(file, "..", specifier)),
    })),
  )
  .filter(({ to }) => to !== "styles");

function folderOf(path: string): string {
  return path.split("/")[0] ?? "";
}

test("every folder has a layer", () => {
  const folders = new Set(imports.flatMap(({ from, to }) => [from, to]));
  expect([...folders].filter((folder) => !LAYER_OF.has(folder))).toEqual([]);
  expect(imports.length).toBeGreaterThan(300);
});

test("imports go from a higher layer to a lower one", () => {
  const upward = imports.filter(({ from, to }) => from !== to && (LAYER_OF.get(to) ?? 0) >= (LAYER_OF.get(from) ?? 0));
  expect(upward.map(({ file }) => file)).toEqual([]);
});
