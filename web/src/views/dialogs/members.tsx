/** The members of a world. Its owners grant and revoke roles here. */
import { useState } from "preact/hooks";
import { mutate, useQuery } from "../../api/query";
import { GrantRoleDocument, MembersDocument, RevokeRoleDocument, type Role } from "../../gql/graphql";
import { Dialog } from "../../parts/dialog";
import { Field, Form, useMutation } from "../../parts/form";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { isOwner, world } from "../../state/world";

const ROLES: readonly [Role, string][] = [
  ["OBSERVER", "observer: can look"],
  ["EDITOR", "editor: can also create and act"],
  ["OWNER", "owner: can do everything"],
];

export function MembersDialog() {
  const id = world.value?.id;
  const { data, failure, refetch } = useQuery(MembersDocument, id ? { id } : null, "network-only");
  const members = data?.ecosystem?.members;
  return (
    <Dialog title="Members and roles">
      {failure ? (
        <FailureNotice failure={failure} retry={refetch} />
      ) : !data ? (
        <Skeleton rows={4} height={40} />
      ) : !members ? (
        <EmptyNotice title="Only members can see the list of members." />
      ) : (
        <>
          <ul class="members">
            {members.edges.map(({ node, role, since }) => (
              <Member key={node.id} id={node.id} name={node.name} role={role} since={since} refetch={refetch} />
            ))}
          </ul>
          {isOwner.value && <GrantForm refetch={refetch} />}
        </>
      )}
    </Dialog>
  );
}

function Member({
  id,
  name,
  role,
  since,
  refetch,
}: {
  id: string;
  name: string;
  role: Role;
  since: string;
  refetch: () => void;
}) {
  const mutation = useMutation();
  const ecosystemId = world.value?.id ?? "";
  const grant = (next: Role) =>
    mutation.send(() => mutate(GrantRoleDocument, { input: { ecosystemId, userName: name, role: next } }), refetch);
  const revoke = () => mutation.send(() => mutate(RevokeRoleDocument, { input: { ecosystemId, userId: id } }), refetch);
  return (
    <li>
      <div class="row">
        <span>
          <b>{name}</b> <small class="muted small">since {new Date(since).toLocaleDateString()}</small>
        </span>
        <span class="spacer" />
        {isOwner.value ? (
          <>
            <select
              class="input compact"
              aria-label={`Role of ${name}`}
              value={role}
              onChange={(event) => void grant(event.currentTarget.value as Role)}
            >
              {ROLES.map(([value]) => (
                <option key={value} value={value}>
                  {value.toLowerCase()}
                </option>
              ))}
            </select>
            <button type="button" class="button bare" onClick={() => void revoke()} aria-label={`Remove ${name}`}>
              Remove
            </button>
          </>
        ) : (
          <span class="chip">{role.toLowerCase()}</span>
        )}
      </div>
      {mutation.refusal && (
        <p class="problem" role="alert">
          {mutation.refusal.explanation}
        </p>
      )}
      {mutation.failure && <FailureNotice failure={mutation.failure} />}
    </li>
  );
}

function GrantForm({ refetch }: { refetch: () => void }) {
  const mutation = useMutation();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("EDITOR");
  const ecosystemId = world.value?.id ?? "";
  const send = () =>
    mutation.send(
      () => mutate(GrantRoleDocument, { input: { ecosystemId, userName: name, role } }),
      () => {
        setName("");
        refetch();
      },
    );
  return (
    <Form mutation={mutation} submit={() => void send()} label="Grant role" isReady={Boolean(name.trim())}>
      <Field label="User name" problem={mutation.problem("userName")}>
        <input class="input" value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
      </Field>
      <Field label="Role">
        <select class="input" value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
          {ROLES.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </Field>
    </Form>
  );
}
