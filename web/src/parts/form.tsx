/** Forms that send a change: what is refused is shown at its field, what fails is shown with its request. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/failures";
import type { Outcome, Refusal } from "../api/query";
import { Failed } from "./notices";

export interface Sending {
  isSending: boolean;
  refusal: Refusal | null;
  failure: Failure | null;
  /** Why the field of this name was refused. */
  problem: (name: string) => string | undefined;
  send: <Done>(change: () => Promise<Outcome<Done>>, done: (done: Done) => void) => Promise<void>;
}

export function useSending(): Sending {
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    isSending,
    refusal,
    failure,
    problem: (name) => refusal?.problems?.find(({ path }) => path.at(-1) === name)?.explanation,
    async send(change, done) {
      setSending(true);
      const outcome = await change();
      setSending(false);
      setRefusal("refusal" in outcome ? outcome.refusal : null);
      setFailure("failure" in outcome ? outcome.failure : null);
      if ("done" in outcome) done(outcome.done);
    },
  };
}

export function Form({
  sending,
  submit,
  label,
  children,
  isReady = true,
  extra,
}: {
  sending: Sending;
  submit: () => void;
  label: string;
  children: ComponentChildren;
  isReady?: boolean;
  extra?: ComponentChildren;
}) {
  const fieldless = sending.refusal && !sending.refusal.problems?.length ? sending.refusal : null;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      noValidate
    >
      {children}
      {fieldless && (
        <p class="problem" role="alert">
          {fieldless.explanation}
        </p>
      )}
      {sending.refusal && !fieldless && (
        <p class="unseen" role="alert">
          {sending.refusal.problems?.map(({ explanation }) => explanation).join(" ")}
        </p>
      )}
      {sending.failure && <Failed failure={sending.failure} />}
      <div class="row spread">
        <div>{extra}</div>
        <button class="button main" type="submit" disabled={sending.isSending || !isReady}>
          {sending.isSending ? "Sending …" : label}
        </button>
      </div>
    </form>
  );
}

export function Field({
  label,
  problem,
  hint,
  children,
}: {
  label: string;
  problem?: string | undefined;
  hint?: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the children are the control.
    <label class="field">
      <span>{label}</span>
      {children}
      {hint && !problem && <small class="muted small">{hint}</small>}
      {problem && <small class="problem">{problem}</small>}
    </label>
  );
}
