import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const WIDTH_MAX = 128;
const ROOT = new URL("..", import.meta.url).pathname;

/** The formatter leaves strings, texts and comments as long as they are. */
test("no line of code is wider than 128 columns", () => {
  const files = ["src", "build", "tests"].flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  );
  const wide = [...files, "index.html", "vite.config.ts"]
    .filter((file) => /\.(tsx?|css|html|graphql)$/.test(file) && !file.startsWith("src/gql/"))
    .flatMap((file) =>
      readFileSync(ROOT + file, "utf8")
        .split("\n")
        .flatMap((line, index) => (line.length > WIDTH_MAX ? [`${file}:${index + 1}`] : [])),
    );
  expect(wide).toEqual([]);
});
