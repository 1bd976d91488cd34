/** Forms that send a mutation. A refusal is shown at its fields; a failure is shown with the id of its request. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/failures";
import type { MutationResult, Refusal } from "../api/query";
import { FailureNotice } from "./notices";

export interface MutationState {
  isSending: boolean;
  refusal: Refusal | null;
  failure: Failure | null;
  /** The problem of the field of this name, if the server refused it. */
  problem: (name: string) => string | undefined;
  send: <Done>(request: () => Promise<MutationResult<Done>>, onPayload: (done: Done) => void) => Promise<void>;
}

export function useMutation(): MutationState {
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    isSending,
    refusal,
    failure,
    problem: (name) => refusal?.problems?.find(({ path }) => path.at(-1) === name)?.explanation,
    async send(request, onPayload) {
      setSending(true);
      const outcome = await request();
      setSending(false);
      setRefusal("refusal" in outcome ? outcome.refusal : null);
      setFailure("failure" in outcome ? outcome.failure : null);
      if ("payload" in outcome) onPayload(outcome.payload);
    },
  };
}

export function Form({
  mutation,
  submit,
  label,
  children,
  isReady = true,
  extra,
}: {
  mutation: MutationState;
  submit: () => void;
  label: string;
  children: ComponentChildren;
  isReady?: boolean;
  extra?: ComponentChildren;
}) {
  const generalRefusal = mutation.refusal && !mutation.refusal.problems?.length ? mutation.refusal : null;
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
      {generalRefusal && (
        <p class="problem" role="alert">
          {generalRefusal.explanation}
        </p>
      )}
      {mutation.refusal && !generalRefusal && (
        <p class="visually-hidden" role="alert">
          {mutation.refusal.problems?.map(({ explanation }) => explanation).join(" ")}
        </p>
      )}
      {mutation.failure && <FailureNotice failure={mutation.failure} />}
      <div class="row spread">
        <div>{extra}</div>
        <button class="button main" type="submit" disabled={mutation.isSending || !isReady}>
          {mutation.isSending ? "Sending …" : label}
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
