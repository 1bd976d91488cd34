/** A modal dialog: the browser's own, which keeps the focus inside and restores it. The parameter `do` of the address names
 * it. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { replaceParams } from "../state/route";
import { Icon } from "./icon";

export function closeDialog(): void {
  replaceParams({ do: null, of: null });
}

export function Dialog({
  title,
  close = closeDialog,
  isWide = false,
  children,
}: {
  title: string;
  close?: () => void;
  isWide?: boolean;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={isWide ? "dialog wide" : "dialog"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === element.current && close()}
    >
      <div class="dialog-body">
        <header class="row spread">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="button bare icon" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
