/** The panel without a selection: a summary of the world, how to read the picture, and first steps. */
import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon";
import { loadSetting, saveSetting } from "../../state/local_storage";
import { hrefWith, withSelection } from "../../state/route";
import { viewer } from "../../state/viewer";
import { isEditor, world } from "../../state/world";

export function AboutWorld() {
  const ecosystem = world.value;
  if (!ecosystem) return null;
  return (
    <div class="panel">
      <h1>{ecosystem.name}</h1>
      {ecosystem.description && <p class="prose muted">{ecosystem.description}</p>}
      <p class="row wrap">
        <span class="chip">{ecosystem.visibility === "PUBLIC" ? "public" : "private"}</span>
        <span class="chip">rules: {ecosystem.ruleSet.name}</span>
        <span class="chip">your role: {ecosystem.viewerRole.toLowerCase()}</span>
      </p>
      <section class="stack">
        <h2>How to read the graph</h2>
        <Legend />
      </section>
      <Hints />
      <p class="row wrap">
        {isEditor.value && (
          <a class="button main" href={hrefWith(withSelection({ meet: "~" }))}>
            <Icon name="meet" /> Start an interaction
          </a>
        )}
        <a class="button" href={hrefWith({ do: "rules" })}>
          The rules
        </a>
        {viewer.value === null && (
          <a class="button" href={hrefWith({ do: "sign-in" })}>
            Sign in to interact
          </a>
        )}
      </p>
    </div>
  );
}

function Legend() {
  return (
    <ul class="reading-guide">
      <li>
        <svg width="56" height="12" aria-hidden="true">
          <path d="M2 6h52" class="stroke-warm" stroke-width="3" />
        </svg>
        <span>Orange: likes. Blue: dislikes. Each half of a line shows what that person feels for the other.</span>
      </li>
      <li>
        <svg width="56" height="12" aria-hidden="true">
          <path d="M2 6h26" class="stroke-warm" stroke-width="3" />
          <path d="M28 6h26" class="stroke-cold" stroke-width="1.2" />
        </svg>
        <span>Two colours: they feel differently about each other. Width: how strongly.</span>
      </li>
      <li>
        <svg width="56" height="12" aria-hidden="true">
          <path d="M2 6h52" class="stroke-even" stroke-width="2" stroke-dasharray="4 3" />
        </svg>
        <span>Dashes: little trust. Faint: no recent contact.</span>
      </li>
      <li>
        <svg width="56" height="16" aria-hidden="true">
          <circle cx="18" cy="8" r="7" class="fill-ink" />
          <circle cx="40" cy="8" r="4" class="fill-even" />
        </svg>
        <span>Bigger: meets more people. Dimmer: tired.</span>
      </li>
    </ul>
  );
}

const HINTS = [
  ["click", "Click a person to see their friends and enemies."],
  ["feed", "Open an entry of the feed to see why it happened."],
  ["meet", "Start an interaction: cost, chance and reasons are shown first."],
] as const;

function Hints() {
  const [dismissed, setDismissed] = useState(loadSetting("hints")?.split(",") ?? []);
  const remaining = HINTS.filter(([name]) => !dismissed.includes(name));
  if (!remaining.length) return null;
  const dismiss = (name: string) => {
    const next = [...dismissed, name];
    saveSetting("hints", next.join(","));
    setDismissed(next);
  };
  return (
    <section class="stack" aria-label="Hints">
      <h2>First steps</h2>
      <ul class="first-steps">
        {remaining.map(([name, text]) => (
          <li key={name}>
            {text}{" "}
            <button type="button" class="button bare icon" aria-label={`Dismiss: ${text}`} onClick={() => dismiss(name)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
