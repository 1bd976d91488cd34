import { describe, expect, test } from "vitest";
import { readEvents } from "../src/api/imports";

function stream(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>): Promise<{ event: string; data: string }[]> {
  const read = [];
  for await (const event of readEvents(body)) read.push(event);
  return read;
}

describe("server-sent events", () => {
  test("are parsed wherever the chunks are cut", async () => {
    expect(await all(stream("event: progress\nda", 'ta: {"done":1}\n', "\nevent: done\ndata: {}\n\n"))).toEqual([
      { event: "progress", data: '{"done":1}' },
      { event: "done", data: "{}" },
    ]);
  });

  test("are parsed with either line end, with comments, and with several lines of data", async () => {
    expect(await all(stream(": keep\r\n\r\ndata: a\r\ndata: b\r\n\r\n"))).toEqual([{ event: "message", data: "a\nb" }]);
  });

  test("that end without an empty line are parsed too", async () => {
    expect(await all(stream("data: last"))).toEqual([{ event: "message", data: "last" }]);
  });
});
