/** Forms that create, edit and delete a character. */
import { useState } from "preact/hooks";
import { mutate, useQuery } from "../../api/query";
import {
  CharacterDocument,
  type CharacterQuery,
  CreateCharacterDocument,
  DeleteCharacterDocument,
  UpdateCharacterDocument,
} from "../../gql/graphql";
import { closeDialog, Dialog } from "../../parts/dialog";
import { Field, Form, type MutationState, useMutation } from "../../parts/form";
import { FailureNotice, Skeleton } from "../../parts/notices";
import { newIdempotencyKey } from "../../state/idempotency_keys";
import { hrefWith, navigate, withSelection } from "../../state/route";
import { world } from "../../state/world";

type CharacterDetails = NonNullable<CharacterQuery["character"]>;
type Traits = CharacterDetails["traits"];

const NEUTRAL_TRAITS: Traits = {
  openness: 0.5,
  conscientiousness: 0.5,
  extraversion: 0.5,
  agreeableness: 0.5,
  neuroticism: 0.5,
};
const TRAITS: readonly { key: keyof Traits; word: string; low: string; high: string }[] = [
  { key: "openness", word: "Openness", low: "prefers routine", high: "curious" },
  { key: "conscientiousness", word: "Conscientiousness", low: "easy-going", high: "careful" },
  { key: "extraversion", word: "Extraversion", low: "quiet", high: "outgoing" },
  { key: "agreeableness", word: "Agreeableness", low: "blunt", high: "kind" },
  { key: "neuroticism", word: "Neuroticism", low: "calm", high: "worries easily" },
];

export function NewCharacterDialog() {
  const mutation = useMutation();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [traits, setTraits] = useState<Traits>(NEUTRAL_TRAITS);
  const ecosystemId = world.value?.id;
  if (!ecosystemId) return null;
  const send = () =>
    mutation.send(
      () =>
        mutate(CreateCharacterDocument, { input: { ecosystemId, name, description, traits, idempotencyKey: idempotencyKey } }),
      ({ character }) => navigate(hrefWith({ ...withSelection({ who: character.id }), do: null })),
    );
  return (
    <Dialog title="New person">
      <Form mutation={mutation} submit={() => void send()} label="Create" isReady={Boolean(name.trim())}>
        <CharacterFields
          mutation={mutation}
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

interface CharacterFieldsProps {
  mutation: MutationState;
  name: string;
  setName: (name: string) => void;
  description: string;
  setDescription: (description: string) => void;
  traits: Traits;
  setTraits: (traits: Traits) => void;
}

function CharacterFields({ mutation, name, setName, description, setDescription, traits, setTraits }: CharacterFieldsProps) {
  return (
    <>
      <Field label="Name" problem={mutation.problem("name")}>
        <input class="input" autofocus value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </Field>
      <Field label="Description" problem={mutation.problem("description")}>
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
  const { data, failure, refetch } = useQuery(CharacterDocument, { id }, "network-only");
  return (
    <Dialog title={data?.character ? `Edit ${data.character.name}` : "Edit"}>
      {failure ? (
        <FailureNotice failure={failure} retry={refetch} />
      ) : data?.character ? (
        <EditCharacter key={data.character.version} character={data.character} refetch={refetch} />
      ) : (
        <Skeleton rows={8} height={40} />
      )}
    </Dialog>
  );
}

function EditCharacter({ character, refetch }: { character: CharacterDetails; refetch: () => void }) {
  const mutation = useMutation();
  const deletion = useMutation();
  const [name, setName] = useState(character.name);
  const [description, setDescription] = useState(character.description);
  const [traits, setTraits] = useState<Traits>(character.traits);
  const [isActive, setActive] = useState(character.isActive);
  const { openness, conscientiousness, extraversion, agreeableness, neuroticism } = traits;
  const input = {
    id: character.id,
    version: character.version,
    name,
    description,
    isActive,
    traits: { openness, conscientiousness, extraversion, agreeableness, neuroticism },
  };
  const send = () => mutation.send(() => mutate(UpdateCharacterDocument, { input }), closeDialog);
  const remove = () =>
    deletion.send(
      () => mutate(DeleteCharacterDocument, { input: { id: character.id } }),
      () => navigate(hrefWith({ ...withSelection({}), do: null, of: null })),
    );
  return (
    <>
      <Form
        mutation={mutation}
        submit={() => void send()}
        label="Save"
        isReady={Boolean(name.trim())}
        extra={
          mutation.refusal?.__typename === "Conflict" && (
            <button type="button" class="button" onClick={refetch}>
              Reload
            </button>
          )
        }
      >
        <CharacterFields
          mutation={mutation}
          name={name}
          setName={setName}
          description={description}
          setDescription={setDescription}
          traits={traits}
          setTraits={setTraits}
        />
        <label class="check">
          <input type="checkbox" checked={isActive} onChange={(event) => setActive(event.currentTarget.checked)} /> Active:
          others can interact with this person
        </label>
      </Form>
      <details class="danger">
        <summary>Delete {character.name}</summary>
        <Form mutation={deletion} submit={() => void remove()} label="Delete permanently">
          <p class="muted">
            The relationships are deleted too. Interactions and messages stay in the feed. This cannot be undone.
          </p>
        </Form>
      </details>
    </>
  );
}
