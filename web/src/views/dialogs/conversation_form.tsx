/** The form that opens a conversation: a title and its participants. */
import { useState } from "preact/hooks";
import { mutate, useQuery } from "../../api/query";
import { CharacterDocument, OpenConversationDocument } from "../../gql/graphql";
import { CharacterCombobox } from "../../parts/combobox";
import { Dialog } from "../../parts/dialog";
import { Field, Form, useMutation } from "../../parts/form";
import { Icon } from "../../parts/icon";
import { newIdempotencyKey } from "../../state/idempotency_keys";
import { hrefWith, navigate, param } from "../../state/route";
import { world } from "../../state/world";

export function NewConversationDialog() {
  const mutation = useMutation();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [title, setTitle] = useState("");
  const [ids, setIds] = useState<readonly string[]>(param("who") ? [param("who")] : []);
  const ecosystemId = world.value?.id;
  if (!ecosystemId) return null;
  const send = () =>
    mutation.send(
      () =>
        mutate(OpenConversationDocument, {
          input: { ecosystemId, title, participantIds: [...ids], idempotencyKey: idempotencyKey },
        }),
      ({ conversation }) => navigate(hrefWith({ talk: conversation.id, do: null }, "conversations")),
    );
  return (
    <Dialog title="Open a conversation">
      <Form
        mutation={mutation}
        submit={() => void send()}
        label="Open conversation"
        isReady={Boolean(title.trim() && ids.length)}
      >
        <Field label="Title" problem={mutation.problem("title")}>
          <input class="input" autofocus value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </Field>
        {ids.length > 0 && (
          <ul class="row wrap">
            {ids.map((id) => (
              <li key={id}>
                <ParticipantChip id={id} remove={() => setIds(ids.filter((one) => one !== id))} />
              </li>
            ))}
          </ul>
        )}
        <CharacterCombobox
          key={ids.length}
          ecosystemId={ecosystemId}
          label="Invite"
          value=""
          onChoose={(id) => !ids.includes(id) && setIds([...ids, id])}
        />
        {mutation.problem("participantIds") && <p class="problem">{mutation.problem("participantIds")}</p>}
      </Form>
    </Dialog>
  );
}

function ParticipantChip({ id, remove }: { id: string; remove: () => void }) {
  const { data } = useQuery(CharacterDocument, { id }, "cache-first");
  const name = data?.character?.name ?? "…";
  return (
    <button type="button" class="chip" onClick={remove} aria-label={`Remove ${name}`}>
      {name} <Icon name="close" />
    </button>
  );
}
