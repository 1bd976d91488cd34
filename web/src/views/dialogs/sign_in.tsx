/** The forms to sign in and to sign up. After either, the page is loaded again at the same address. */
import { useState } from "preact/hooks";
import { mutate } from "../../api/query";
import { SignInDocument, SignUpDocument } from "../../gql/graphql";
import { Dialog } from "../../parts/dialog";
import { Field, Form, useMutation } from "../../parts/form";
import { hrefWith } from "../../state/route";

export function SignInDialog({ isNew }: { isNew: boolean }) {
  const mutation = useMutation();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const reload = () => location.assign(hrefWith({ do: null }));
  const input = { name, password, session: "COOKIE" as const };
  const send = () =>
    isNew
      ? mutation.send(() => mutate(SignUpDocument, { input }), reload)
      : mutation.send(() => mutate(SignInDocument, { input }), reload);
  return (
    <Dialog title={isNew ? "Sign up" : "Sign in"}>
      <Form
        mutation={mutation}
        submit={() => void send()}
        label={isNew ? "Sign up" : "Sign in"}
        isReady={Boolean(name && password)}
        extra={
          isNew ? (
            <a class="link standalone" href={hrefWith({ do: "sign-in" })}>
              I have an account
            </a>
          ) : (
            <a class="link standalone" href={hrefWith({ do: "sign-up" })}>
              Create an account
            </a>
          )
        }
      >
        {isNew && (
          <p class="muted">
            With an account you can create worlds and characters and start interactions. You can look without one.
          </p>
        )}
        <Field label="Name" problem={mutation.problem("name")}>
          <input
            class="input"
            name="username"
            autocomplete="username"
            autofocus
            value={name}
            aria-invalid={Boolean(mutation.problem("name"))}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label="Password" problem={mutation.problem("password")}>
          <input
            class="input"
            type="password"
            name="password"
            autocomplete={isNew ? "new-password" : "current-password"}
            value={password}
            aria-invalid={Boolean(mutation.problem("password"))}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </Field>
      </Form>
    </Dialog>
  );
}
