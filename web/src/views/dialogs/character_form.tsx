/** Creating somebody, editing somebody, and a farewell. */
import { useState } from "preact/hooks";
import { change, useAnswer } from "../../api/query";
import {
  CharacterDocument,
  type CharacterQuery,
  CreateCharacterDocument,
  DeleteCharacterDocument,
  UpdateCharacterDocument,
} from "../../gql/graphql";
import { closeDialog, Dialog } from "../../parts/dialog";
import { Field, Form, type Sending, useSending } from "../../parts/form";
import { Failed, Skeletons } from "../../parts/notices";
import { newKey } from "../../state/idempotency_keys";
import { go, here, selecting } from "../../state/route";
import { world } from "../../state/world";

type Found = NonNullable<CharacterQuery["character"]>;
type Traits = Found["traits"];

const EVEN: Traits = { openness: 0.5, conscientiousness: 0.5, extraversion: 0.5, agreeableness: 0.5, neuroticism: 0.5 };
const TRAITS: readonly { key: keyof Traits; word: string; low: string; high: string }[] = [
  { key: "openness", word: "Openness", low: "keeps to the known", high: "seeks the new" },
  { key: "conscientiousness", word: "Conscientiousness", low: "easy-going", high: "careful" },
  { key: "extraversion", word: "Extraversion", low: "quiet", high: "outgoing" },
  { key: "agreeableness", word: "Agreeableness", low: "blunt", high: "kind" },
  { key: "neuroticism", word: "Neuroticism", low: "calm", high: "quick to worry" },
];

export function NewCharacterDialog() {
  const sending = useSending();
  const [key] = useState(newKey);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [traits, setTraits] = useState<Traits>(EVEN);
  const ecosystemId = world.value?.id;
  if (!ecosystemId) return null;
  const send = () =>
    sending.send(
      () => change(CreateCharacterDocument, { input: { ecosystemId, name, description, traits, idempotencyKey: key } }),
      ({ character }) => go(here({ ...selecting({ who: character.id }), do: null })),
    );
  return (
    <Dialog title="New person">
      <Form sending={sending} submit={() => void send()} label="Create" isReady={Boolean(name.trim())}>
        <Person
          sending={sending}
          name={name}
          setName={setName}
          description={description}
          setDescription={setDescription}
          traits={traits}
          setTraits={setTraits}
        />
      </Form>
    </Dialog>
  );
}

interface PersonFields {
  sending: Sending;
  name: string;
  setName: (name: string) => void;
  description: string;
  setDescription: (description: string) => void;
  traits: Traits;
  setTraits: (traits: Traits) => void;
}

function Person({ sending, name, setName, description, setDescription, traits, setTraits }: PersonFields) {
  return (
    <>
      <Field label="Name" problem={sending.problem("name")}>
        <input class="input" autofocus value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </Field>
      <Field label="Description" problem={sending.problem("description")}>
        <textarea class="input" value={description} onInput={(event) => setDescription(event.currentTarget.value)} />
      </Field>
      <fieldset class="stack tight plain">
        <legend class="small muted">Traits</legend>
        {TRAITS.map(({ key, word, low, high }) => (
          <label key={key} class="trait">
            <span>{word}</span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.01"
              value={traits[key]}
              aria-valuetext={`${traits[key].toFixed(2)}, from ${low} to ${high}`}
              onInput={(event) => setTraits({ ...traits, [key]: Number(event.currentTarget.value) })}
            />
            <small class="muted small">{low}</small>
            <small class="muted small">{high}</small>
          </label>
        ))}
      </fieldset>
    </>
  );
}

export function CharacterDialog({ id }: { id: string }) {
  const { data, failure, again } = useAnswer(CharacterDocument, { id }, "network-only");
  return (
    <Dialog title={data?.character ? `Edit ${data.character.name}` : "Edit"}>
      {failure ? (
        <Failed failure={failure} again={again} />
      ) : data?.character ? (
        <Edit key={data.character.version} found={data.character} again={again} />
      ) : (
        <Skeletons rows={8} height={40} />
      )}
    </Dialog>
  );
}

function Edit({ found, again }: { found: Found; again: () => void }) {
  const sending = useSending();
  const leaving = useSending();
  const [name, setName] = useState(found.name);
  const [description, setDescription] = useState(found.description);
  const [traits, setTraits] = useState<Traits>(found.traits);
  const [isActive, setActive] = useState(found.isActive);
  const { openness, conscientiousness, extraversion, agreeableness, neuroticism } = traits;
  const input = {
    id: found.id,
    version: found.version,
    name,
    description,
    isActive,
    traits: { openness, conscientiousness, extraversion, agreeableness, neuroticism },
  };
  const send = () => sending.send(() => change(UpdateCharacterDocument, { input }), closeDialog);
  const leave = () =>
    leaving.send(
      () => change(DeleteCharacterDocument, { input: { id: found.id } }),
      () => go(here({ ...selecting({}), do: null, of: null })),
    );
  return (
    <>
      <Form
        sending={sending}
        submit={() => void send()}
        label="Keep"
        isReady={Boolean(name.trim())}
        extra={
          sending.refusal?.__typename === "Conflict" && (
            <button type="button" class="button" onClick={again}>
              Read it again
            </button>
          )
        }
      >
        <Person
          sending={sending}
          name={name}
          setName={setName}
          description={description}
          setDescription={setDescription}
          traits={traits}
          setTraits={setTraits}
        />
        <label class="check">
          <input type="checkbox" checked={isActive} onChange={(event) => setActive(event.currentTarget.checked)} /> Takes part:
          can be met and spoken with
        </label>
      </Form>
      <details class="danger">
        <summary>Let {found.name} leave the world</summary>
        <Form sending={leaving} submit={() => void leave()} label="Let go for good">
          <p class="muted">All ties go too. What was done and said stays in the history. This cannot be undone.</p>
        </Form>
      </details>
    </>
  );
}
