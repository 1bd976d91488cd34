/** The list of keyboard shortcuts. */
import { Dialog } from "../../parts/dialog";
import { SHORTCUTS } from "../../state/shortcuts";

export function ShortcutsDialog() {
  return (
    <Dialog title="Keyboard shortcuts">
      <dl class="keys">
        <div>
          <dt>
            <kbd>Ctrl K</kbd>
          </dt>
          <dd>Search people, worlds, commands</dd>
        </div>
        {SHORTCUTS.map(({ keys, description }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys === "Escape" ? "Esc" : keys}</kbd>
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>←↑↓→</kbd>
          </dt>
          <dd>In the graph: select a neighbour</dd>
        </div>
      </dl>
    </Dialog>
  );
}
