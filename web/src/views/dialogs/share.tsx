/** A link to the present view. */
import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog";
import { Field } from "../../parts/form";
import { hrefWith } from "../../state/route";
import { isOwner, world } from "../../state/world";

export function ShareDialog() {
  const [isCopied, setCopied] = useState(false);
  const link = `${location.origin}${hrefWith({ do: null })}`;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  const isPublic = world.value?.visibility === "PUBLIC";
  return (
    <Dialog title="Share a link">
      <p class="muted">
        {isPublic
          ? "Anyone with this link sees this view, signed in or not."
          : "This world is private: the link works for members only."}
      </p>
      <Field label="Link">
        <input class="input" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <div class="row spread">
        {!isPublic && isOwner.value ? (
          <a class="link standalone" href={hrefWith({ do: "world" })}>
            Make the world public
          </a>
        ) : (
          <span />
        )}
        <button type="button" class="button main" onClick={() => void copy()}>
          {isCopied ? "Copied" : "Copy"}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {isCopied ? "The link is copied." : ""}
      </p>
    </Dialog>
  );
}
