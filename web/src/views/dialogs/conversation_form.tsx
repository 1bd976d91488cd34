/** Opening a conversation: a title, and who is asked in. */
import { useState } from "preact/hooks";
import { change, useAnswer } from "../../api/query";
import { CharacterDocument, OpenConversationDocument } from "../../gql/graphql";
import { Chooser } from "../../parts/combobox";
import { Dialog } from "../../parts/dialog";
import { Field, Form, useSending } from "../../parts/form";
import { Icon } from "../../parts/icon";
import { newKey } from "../../state/idempotency_keys";
import { go, here, param } from "../../state/route";
import { world } from "../../state/world";

export function NewConversationDialog() {
  const sending = useSending();
  const [key] = useState(newKey);
  const [title, setTitle] = useState("");
  const [ids, setIds] = useState<readonly string[]>(param("who") ? [param("who")] : []);
  const ecosystemId = world.value?.id;
  if (!ecosystemId) return null;
  const send = () =>
    sending.send(
      () => change(OpenConversationDocument, { input: { ecosystemId, title, participantIds: [...ids], idempotencyKey: key } }),
      ({ conversation }) => go(here({ talk: conversation.id, do: null }, "conversations")),
    );
  return (
    <Dialog title="Open a conversation">
      <Form sending={sending} submit={() => void send()} label="Open it" isReady={Boolean(title.trim() && ids.length)}>
        <Field label="Title" problem={sending.problem("title")}>
          <input class="input" autofocus value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </Field>
        {ids.length > 0 && (
          <ul class="row wrap">
            {ids.map((id) => (
              <li key={id}>
                <Invited id={id} drop={() => setIds(ids.filter((one) => one !== id))} />
              </li>
            ))}
          </ul>
        )}
        <Chooser
          key={ids.length}
          ecosystem={ecosystemId}
          label="Ask in"
          value=""
          choose={(id) => !ids.includes(id) && setIds([...ids, id])}
        />
        {sending.problem("participantIds") && <p class="problem">{sending.problem("participantIds")}</p>}
      </Form>
    </Dialog>
  );
}

function Invited({ id, drop }: { id: string; drop: () => void }) {
  const { data } = useAnswer(CharacterDocument, { id }, "cache-first");
  const name = data?.character?.name ?? "…";
  return (
    <button type="button" class="chip" onClick={drop} aria-label={`Do not ask ${name} in`}>
      {name} <Icon name="close" />
    </button>
  );
}
