/** Forms that create, edit and delete a world, and set its clock. */
import { useState } from "preact/hooks";
import { mutate, useQuery } from "../../api/query";
import {
  CreateEcosystemDocument,
  DeleteEcosystemDocument,
  RuleSetsDocument,
  SetClockDocument,
  UpdateEcosystemDocument,
  type Visibility,
} from "../../gql/graphql";
import { closeDialog, Dialog } from "../../parts/dialog";
import { Field, Form, useMutation } from "../../parts/form";
import { setClock } from "../../state/clock";
import { newIdempotencyKey } from "../../state/idempotency_keys";
import { navigate } from "../../state/route";
import { type World, world } from "../../state/world";
import { describeClock } from "../../words/time";

export function NewWorldDialog() {
  const mutation = useMutation();
  const { data } = useQuery(RuleSetsDocument, {});
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [visibility, setVisibility] = useState<Visibility>("PRIVATE");
  const [ruleSet, setRuleSet] = useState("story");
  const [seed, setSeed] = useState("");
  const [rate, setRate] = useState("1");
  const input = {
    name,
    description,
    visibility,
    ruleSet,
    seed: seed || null,
    rate: Number(rate),
    idempotencyKey: idempotencyKey,
  };
  const send = () =>
    mutation.send(
      () => mutate(CreateEcosystemDocument, { input }),
      ({ ecosystem }) => navigate(`/worlds/${encodeURIComponent(ecosystem.id)}`),
    );
  const rules = data?.ruleSets ?? [];
  return (
    <Dialog title="New world">
      <Form mutation={mutation} submit={() => void send()} label="Create world" isReady={Boolean(name.trim())}>
        <Field label="Name" problem={mutation.problem("name")}>
          <input class="input" autofocus value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </Field>
        <Field label="Description" problem={mutation.problem("description")}>
          <textarea class="input" value={description} onInput={(event) => setDescription(event.currentTarget.value)} />
        </Field>
        <VisibilityField value={visibility} onChoose={setVisibility} />
        <Field
          label="Rules"
          problem={mutation.problem("ruleSet")}
          hint={rules.find((one) => one.name === ruleSet)?.description ?? ""}
        >
          <select class="input" value={ruleSet} onChange={(event) => setRuleSet(event.currentTarget.value)}>
            {(rules.length ? rules : [{ name: "story" }]).map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </Field>
        <Field
          label="Seed"
          problem={mutation.problem("seed")}
          hint="The same seed and the same actions give the same world. Empty: a random seed."
        >
          <input class="input" value={seed} onInput={(event) => setSeed(event.currentTarget.value)} />
        </Field>
        <RateField value={rate} onChoose={setRate} problem={mutation.problem("rate")} />
      </Form>
    </Dialog>
  );
}

function VisibilityField({ value, onChoose }: { value: Visibility; onChoose: (value: Visibility) => void }) {
  return (
    <Field
      label="Visibility"
      hint={value === "PUBLIC" ? "Anyone with the link can look, signed in or not." : "Only you and members can look."}
    >
      <select class="input" value={value} onChange={(event) => onChoose(event.currentTarget.value as Visibility)}>
        <option value="PRIVATE">Private</option>
        <option value="PUBLIC">Public</option>
      </select>
    </Field>
  );
}

function RateField({
  value,
  onChoose,
  problem,
}: {
  value: string;
  onChoose: (value: string) => void;
  problem: string | undefined;
}) {
  const rate = Number(value);
  return (
    <Field
      label="World seconds per second"
      problem={problem}
      hint={Number.isFinite(rate) && value !== "" ? describeClock(rate) : ""}
    >
      <input
        class="input"
        type="number"
        min="0"
        step="any"
        value={value}
        onInput={(event) => onChoose(event.currentTarget.value)}
      />
    </Field>
  );
}

export function WorldDialog() {
  const ecosystem = world.value;
  return ecosystem ? <EditWorld ecosystem={ecosystem} /> : null;
}

function EditWorld({ ecosystem }: { ecosystem: World }) {
  const mutation = useMutation();
  const deletion = useMutation();
  const [name, setName] = useState(ecosystem.name);
  const [description, setDescription] = useState(ecosystem.description);
  const [visibility, setVisibility] = useState(ecosystem.visibility);
  const [confirmation, setConfirmation] = useState("");
  const send = () =>
    mutation.send(
      () =>
        mutate(UpdateEcosystemDocument, {
          input: { id: ecosystem.id, version: ecosystem.version, name, description, visibility },
        }),
      closeDialog,
    );
  const remove = () =>
    deletion.send(
      () => mutate(DeleteEcosystemDocument, { input: { id: ecosystem.id } }),
      () => navigate("/"),
    );
  return (
    <Dialog title="Edit the world">
      <Form mutation={mutation} submit={() => void send()} label="Save" isReady={Boolean(name.trim())}>
        <Field label="Name" problem={mutation.problem("name")}>
          <input class="input" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </Field>
        <Field label="Description" problem={mutation.problem("description")}>
          <textarea class="input" value={description} onInput={(event) => setDescription(event.currentTarget.value)} />
        </Field>
        <VisibilityField value={visibility} onChoose={setVisibility} />
      </Form>
      <details class="danger">
        <summary>Delete this world</summary>
        <Form
          mutation={deletion}
          submit={() => void remove()}
          label="Delete permanently"
          isReady={confirmation === ecosystem.name}
        >
          <p class="muted">All its people, relationships and history are deleted. This cannot be undone.</p>
          <Field label={`Type “${ecosystem.name}” to confirm`}>
            <input class="input" value={confirmation} onInput={(event) => setConfirmation(event.currentTarget.value)} />
          </Field>
        </Form>
      </details>
    </Dialog>
  );
}

const RATES = [0, 1, 60, 3600] as const;

export function ClockDialog() {
  const ecosystem = world.value;
  return ecosystem ? <EditClock ecosystem={ecosystem} /> : null;
}

function EditClock({ ecosystem }: { ecosystem: World }) {
  const mutation = useMutation();
  const [rate, setRate] = useState(String(ecosystem.clock.rate));
  const send = () =>
    mutation.send(
      () => mutate(SetClockDocument, { input: { ecosystemId: ecosystem.id, rate: Number(rate) } }),
      ({ ecosystem }) => {
        setClock(ecosystem.clock);
        closeDialog();
      },
    );
  return (
    <Dialog title="Clock">
      <Form mutation={mutation} submit={() => void send()} label="Set the clock" isReady={rate !== ""}>
        <div class="row wrap">
          {RATES.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={rate === String(one)}
              onClick={() => setRate(String(one))}
            >
              {one === 0 ? "Stop" : one === 1 ? "Real time" : `×${one}`}
            </button>
          ))}
        </div>
        <RateField value={rate} onChoose={setRate} problem={mutation.problem("rate")} />
      </Form>
    </Dialog>
  );
}
