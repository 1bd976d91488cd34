/** Sends a file to `POST /imports` and reads its progress, which comes as server-sent events. */
import type { Failure } from "./failures";

export interface Progress {
  /** From 0 to 1, where it is known. */
  share: number | null;
}

export type Imported = { ecosystemId: string; notes: readonly string[] } | { refusal: string } | { failure: Failure };

export async function importFile(
  file: File,
  options: { isPublic: boolean; isPlain: boolean },
  progress: (progress: Progress) => void,
): Promise<Imported> {
  const form = new FormData();
  form.set("file", file);
  form.set("public", String(options.isPublic));
  form.set("plain", String(options.isPlain));
  try {
    const response = await fetch("/imports", {
      method: "POST",
      body: form,
      credentials: "same-origin",
      headers: { accept: "text/event-stream, application/json" },
    });
    const requestId = response.headers.get("x-request-id") ?? undefined;
    if (!response.headers.get("content-type")?.includes("event-stream") || !response.body)
      return refused((await response.json().catch(() => ({}))) as Said, requestId);
    let last: Imported = {
      failure: { title: "The import broke off.", advice: "Nothing is left of it. Try again.", requestId },
    };
    for await (const { event, data } of events(response.body)) {
      const said = JSON.parse(data) as Said;
      if (said.ecosystemId) last = { ecosystemId: said.ecosystemId, notes: said.notes ?? [] };
      else if (event === "refused") last = refused(said, requestId);
      else progress({ share: said.total ? (said.done ?? 0) / said.total : null });
    }
    return last;
  } catch {
    return {
      failure: {
        title: "The observatory does not answer.",
        advice: "Nothing is left of the import. Check the connection, then try again.",
      },
    };
  }
}

interface Said {
  ecosystemId?: string;
  notes?: string[];
  refusal?: string;
  line?: number | null;
  done?: number;
  total?: number;
}

function refused({ refusal, line }: Said, requestId: string | undefined): Imported {
  if (refusal) return { refusal: line ? `Line ${line}: ${refusal}` : refusal };
  return { failure: { title: "The file could not be imported.", advice: "Nothing is left of it. Try again.", requestId } };
}

/** Reads a stream of server-sent events, whatever its chunks and line ends. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest = (rest + (value ?? "")).replaceAll("\r\n", "\n");
    const parts = rest.split("\n\n");
    rest = done ? "" : (parts.pop() ?? "");
    for (const part of parts) {
      const read = parsed(part);
      if (read) yield read;
    }
    if (done) return;
  }
}

function parsed(part: string): { event: string; data: string } | null {
  let event = "message";
  const data: string[] = [];
  for (const line of part.split("\n")) {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
  }
  return data.length ? { event, data: data.join("\n") } : null;
}
