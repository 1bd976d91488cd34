/** Imports a world from a file: dropped or chosen, with the progress and notes on what was left out. */
import { useState } from "preact/hooks";
import type { Failure } from "../../api/failures";
import { importFile, type Progress } from "../../api/imports";
import { closeDialog, Dialog } from "../../parts/dialog";
import { Icon } from "../../parts/icon";
import { FailureNotice } from "../../parts/notices";
import { droppedFile } from "../../state/file_drop";
import { hrefWith, navigate } from "../../state/route";
import { viewer } from "../../state/viewer";

const FILE_MAX_MB = 20;

export function ImportDialog() {
  const file = droppedFile.value;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [imported, setImported] = useState<{ ecosystemId: string; notes: readonly string[] } | null>(null);
  const [isPublic, setPublic] = useState(false);
  const [skipsSentiment, setSkipsSentiment] = useState(false);
  const chooseFile = (next: File | undefined) => {
    droppedFile.value = next ?? null;
    setRefusal(null);
    setFailure(null);
  };
  const send = async () => {
    if (!file) return;
    if (file.size > FILE_MAX_MB * 1_000_000)
      return setRefusal(
        `The file is larger than ${FILE_MAX_MB} MB. Import it with the command line: observatory import ${file.name}`,
      );
    setProgress({ share: null });
    const outcome = await importFile(file, { isPublic, skipsSentiment }, setProgress);
    setProgress(null);
    setRefusal("refusal" in outcome ? outcome.refusal : null);
    setFailure("failure" in outcome ? outcome.failure : null);
    if ("ecosystemId" in outcome) {
      droppedFile.value = null;
      if (outcome.notes.length) setImported(outcome);
      else navigate(`/worlds/${encodeURIComponent(outcome.ecosystemId)}`);
    }
  };
  if (viewer.value === undefined) return null;
  if (viewer.value === null)
    return (
      <Dialog title="Import a file">
        <p>Sign in first: a world needs an owner.</p>
        <div class="row">
          <a class="button main" href={hrefWith({ do: "sign-in" })}>
            Sign in
          </a>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      title="Import a file"
      close={() => {
        droppedFile.value = null;
        closeDialog();
      }}
    >
      {imported ? (
        <section class="stack">
          <p>The world is imported.</p>
          <ul class="notes">
            {imported.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <a class="button main" href={`/worlds/${encodeURIComponent(imported.ecosystemId)}`}>
            Open world
          </a>
        </section>
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <label class="drop-field">
            <Icon name="upload" />
            <span>{file ? <b>{file.name}</b> : "Drop a file here or choose one"}</span>
            <small class="muted small">
              A play in TEI; a network as GraphML, GEXF, JSON, Stanford GraphBase or CSV; an archive of a world.
            </small>
            <input type="file" class="visually-hidden" onChange={(event) => chooseFile(event.currentTarget.files?.[0])} />
          </label>
          <label class="check">
            <input type="checkbox" checked={isPublic} onChange={(event) => setPublic(event.currentTarget.checked)} /> Make the
            world public
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={skipsSentiment}
              onChange={(event) => setSkipsSentiment(event.currentTarget.checked)}
            />{" "}
            Ignore the sentiment of the text
          </label>
          {progress && (
            <p role="status">
              {progress.share === null ? "Reading the file" : "Simulating the interactions"} …{" "}
              <progress max={1} value={progress.share ?? undefined} aria-label="Progress of the import" />
            </p>
          )}
          {refusal && (
            <p class="problem" role="alert">
              {refusal}
            </p>
          )}
          {failure && <FailureNotice failure={failure} />}
          <div class="row spread">
            <span />
            <button type="submit" class="button main" disabled={!file || progress !== null}>
              Import
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
