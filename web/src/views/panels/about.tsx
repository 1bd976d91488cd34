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
        <span class="chip">you: {ecosystem.viewerRole.toLowerCase()}</span>
      </p>
      <section class="stack">
        <h2>How to read the picture</h2>
        <Legend />
      </section>
      <Hints />
      <p class="row wrap">
        {isEditor.value && (
          <a class="button main" href={hrefWith(withSelection({ meet: "~" }))}>
            <Icon name="meet" /> Let two meet
          </a>
        )}
        <a class="button" href={hrefWith({ do: "rules" })}>
          The rules
        </a>
        {viewer.value === null && (
          <a class="button" href={hrefWith({ do: "sign-in" })}>
            Sign in to take part
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
        <span>
          Orange binds, blue parts. A line begins at whoever feels it and ends in the middle, where the other's feeling begins.
        </span>
      </li>
      <li>
        <svg width="56" height="12" aria-hidden="true">
          <path d="M2 6h26" class="stroke-warm" stroke-width="3" />
          <path d="M28 6h26" class="stroke-cold" stroke-width="1.2" />
        </svg>
        <span>So two colours are two minds about it. Width is how strong.</span>
      </li>
      <li>
        <svg width="56" height="12" aria-hidden="true">
          <path d="M2 6h52" class="stroke-even" stroke-width="2" stroke-dasharray="4 3" />
        </svg>
        <span>Dashes: little trust. Faint: not met lately.</span>
      </li>
      <li>
        <svg width="56" height="16" aria-hidden="true">
          <circle cx="18" cy="8" r="7" class="fill-ink" />
          <circle cx="40" cy="8" r="4" class="fill-even" />
        </svg>
        <span>A disc grows with contact, and dims when tired.</span>
      </li>
    </ul>
  );
}

const HINTS = [
  ["click", "Click a person to see whom they love and whom they fear."],
  ["feed", "Watch the feed: every entry says why it happened when asked."],
  ["meet", "Let two of them meet: cost, chance and reasons come before."],
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
