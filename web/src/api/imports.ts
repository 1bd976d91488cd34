/** Uploads a file to `POST /imports` and reads the progress that the server sends as server-sent events. */
import type { Failure } from "./failures";

export interface Progress {
  /** From 0 to 1; null while it is unknown. */
  share: number | null;
}

export type ImportResult = { ecosystemId: string; notes: readonly string[] } | { refusal: string } | { failure: Failure };

export async function importFile(
  file: File,
  options: { isPublic: boolean; skipsSentiment: boolean },
  progress: (progress: Progress) => void,
): Promise<ImportResult> {
  const form = new FormData();
  form.set("file", file);
  form.set("public", String(options.isPublic));
  form.set("plain", String(options.skipsSentiment));
  try {
    const response = await fetch("/imports", {
      method: "POST",
      body: form,
      credentials: "same-origin",
      headers: { accept: "text/event-stream, application/json" },
    });
    const requestId = response.headers.get("x-request-id") ?? undefined;
    if (!response.headers.get("content-type")?.includes("event-stream") || !response.body)
      return toResult((await response.json().catch(() => ({}))) as ImportMessage, requestId);
    let result: ImportResult = {
      failure: { title: "The import was interrupted.", advice: "Nothing was imported. Try again.", requestId },
    };
    for await (const { event, data } of readEvents(response.body)) {
      const message = JSON.parse(data) as ImportMessage;
      if (message.ecosystemId) result = { ecosystemId: message.ecosystemId, notes: message.notes ?? [] };
      else if (event === "refused") result = toResult(message, requestId);
      else progress({ share: message.total ? (message.done ?? 0) / message.total : null });
    }
    return result;
  } catch {
    return {
      failure: {
        title: "The server does not answer.",
        advice: "Nothing was imported. Check the connection, then try again.",
      },
    };
  }
}

interface ImportMessage {
  ecosystemId?: string;
  notes?: string[];
  refusal?: string;
  line?: number | null;
  done?: number;
  total?: number;
}

function toResult({ refusal, line }: ImportMessage, requestId: string | undefined): ImportResult {
  if (refusal) return { refusal: line ? `Line ${line}: ${refusal}` : refusal };
  return { failure: { title: "The file could not be imported.", advice: "Nothing was imported. Try again.", requestId } };
}

/** Parses a stream of server-sent events; chunks and line ends may lie anywhere. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest = (rest + (value ?? "")).replaceAll("\r\n", "\n");
    const parts = rest.split("\n\n");
    rest = done ? "" : (parts.pop() ?? "");
    for (const part of parts) {
      const read = parseEvent(part);
      if (read) yield read;
    }
    if (done) return;
  }
}

function parseEvent(block: string): { event: string; data: string } | null {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
  }
  return data.length ? { event, data: data.join("\n") } : null;
}
