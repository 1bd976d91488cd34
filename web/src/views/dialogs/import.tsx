/** Making a world of a file: dropped or chosen, with its progress, and what was left out of it. */
import { useState } from "preact/hooks";
import type { Failure } from "../../api/failures";
import { importFile, type Progress } from "../../api/imports";
import { closeDialog, Dialog } from "../../parts/dialog";
import { Icon } from "../../parts/icon";
import { Failed } from "../../parts/notices";
import { dropped } from "../../state/file_drop";
import { go, here } from "../../state/route";
import { me } from "../../state/viewer";

const MOST_MB = 20;

export function ImportDialog() {
  const file = dropped.value;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<{ ecosystemId: string; notes: readonly string[] } | null>(null);
  const [isPublic, setPublic] = useState(false);
  const [isPlain, setPlain] = useState(false);
  const take = (next: File | undefined) => {
    dropped.value = next ?? null;
    setRefusal(null);
    setFailure(null);
  };
  const send = async () => {
    if (!file) return;
    if (file.size > MOST_MB * 1_000_000)
      return setRefusal(
        `The file is larger than ${MOST_MB} MB. Import it with the command line: observatory import ${file.name}`,
      );
    setProgress({ share: null });
    const outcome = await importFile(file, { isPublic, isPlain }, setProgress);
    setProgress(null);
    setRefusal("refusal" in outcome ? outcome.refusal : null);
    setFailure("failure" in outcome ? outcome.failure : null);
    if ("ecosystemId" in outcome) {
      dropped.value = null;
      if (outcome.notes.length) setDone(outcome);
      else go(`/worlds/${encodeURIComponent(outcome.ecosystemId)}`);
    }
  };
  if (me.value === undefined) return null;
  if (me.value === null)
    return (
      <Dialog title="Import a file">
        <p>Sign in first: a world needs an owner.</p>
        <div class="row">
          <a class="button main" href={here({ do: "sign-in" })}>
            Sign in
          </a>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      title="Import a file"
      close={() => {
        dropped.value = null;
        closeDialog();
      }}
    >
      {done ? (
        <section class="stack">
          <p>The world is made.</p>
          <ul class="notes">
            {done.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <a class="button main" href={`/worlds/${encodeURIComponent(done.ecosystemId)}`}>
            Open it
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
            <span>{file ? <b>{file.name}</b> : "Drop a file here, or press to choose one"}</span>
            <small class="muted small">
              A play in TEI; a network as GraphML, GEXF, JSON, Stanford GraphBase or CSV; an archive of a world.
            </small>
            <input type="file" class="unseen" onChange={(event) => take(event.currentTarget.files?.[0])} />
          </label>
          <label class="check">
            <input type="checkbox" checked={isPublic} onChange={(event) => setPublic(event.currentTarget.checked)} /> Everybody
            may look at it
          </label>
          <label class="check">
            <input type="checkbox" checked={isPlain} onChange={(event) => setPlain(event.currentTarget.checked)} /> Leave the
            tone of words out
          </label>
          {progress && (
            <p role="status">
              {progress.share === null ? "Reading the file" : "Living through it"} …{" "}
              <progress max={1} value={progress.share ?? undefined} aria-label="Progress of the import" />
            </p>
          )}
          {refusal && (
            <p class="problem" role="alert">
              {refusal}
            </p>
          )}
          {failure && <Failed failure={failure} />}
          <div class="row spread">
            <span />
            <button type="submit" class="button main" disabled={!file || progress !== null}>
              Make a world of it
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
