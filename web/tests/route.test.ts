import { describe, expect, test } from "vitest";
import { formatAddress, mergeParams, parseAddress } from "../src/state/route";

describe("addresses", () => {
  test("name the worlds, a world, and each of its views", () => {
    expect(parseAddress("/", "")).toMatchObject({ isKnown: true, tab: "graph" });
    expect(parseAddress("/worlds/abc", "")).toMatchObject({ world: "abc", tab: "graph" });
    expect(parseAddress("/worlds/abc/numbers", "?network=EXCHANGES")).toMatchObject({
      tab: "numbers",
      params: { network: "EXCHANGES" },
    });
  });

  test.each(["/nowhere", "/worlds", "/worlds/abc/nothing", "/worlds/abc/graph/more"])(
    "%s leads nowhere, and says so",
    (path) => {
      expect(parseAddress(path, "").isKnown).toBe(false);
    },
  );

  test("are parsed as they were formatted", () => {
    const href = formatAddress("id/with+signs", "conversations", { talk: "x~y", q: "Éponine & Co" });
    const [path, search] = href.split("?");
    expect(parseAddress(path!, `?${search}`)).toEqual({
      world: "id/with+signs",
      tab: "conversations",
      isKnown: true,
      params: { talk: "x~y", q: "Éponine & Co" },
    });
  });

  test("lose a parameter that becomes empty, and keep the others", () => {
    expect(mergeParams({ a: "1", b: "2", c: "3" }, { a: null, b: "", c: "4", d: "5" })).toEqual({ c: "4", d: "5" });
  });
});
