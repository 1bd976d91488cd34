/** The bar: the world, its time, the state of the connection, and the viewer's menu. */
import { useEffect, useState } from "preact/hooks";
import { connection } from "../api/connection";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { currentRate, currentWorldSeconds } from "../state/clock";
import { hrefWith, route } from "../state/route";
import { setTheme, THEMES, theme } from "../state/theme";
import { signOut, viewer } from "../state/viewer";
import { isOwner, world } from "../state/world";
import { describeClock, formatWorldTime } from "../words/time";

export function Bar() {
  const isInWorld = route.value.world !== undefined && route.value.isKnown;
  return (
    <header class="bar">
      <a class="mark" href="/" aria-label="Observatory: all worlds">
        <img src="/icon.svg" width="20" height="20" alt="" /> <span class="wide-only">Observatory</span>
      </a>
      {isInWorld && <WorldName />}
      <span class="spacer" />
      {isInWorld && <Clock />}
      {isInWorld && <ConnectionStatus />}
      <a class="button bare wide-only" href={hrefWith({ do: "palette" })}>
        Search <kbd>Ctrl K</kbd>
      </a>
      <Viewer />
    </header>
  );
}

function WorldName() {
  const ecosystem = world.value;
  if (!ecosystem) return <span class="world-name muted">…</span>;
  return (
    <Menu
      label={`World: ${ecosystem.name}`}
      buttonClass="button bare world-name"
      button={
        <>
          <b>{ecosystem.name}</b> <Icon name="down" />
        </>
      }
    >
      <a class="item" href={hrefWith({ do: "rules" })}>
        About this world and its rules
      </a>
      <a class="item" href={hrefWith({ do: "share" })}>
        Share a link
      </a>
      {isOwner.value && (
        <a class="item" href={hrefWith({ do: "world" })}>
          Edit the world
        </a>
      )}
      {isOwner.value && (
        <a class="item" href={hrefWith({ do: "clock" })}>
          Set the clock
        </a>
      )}
      <a class="item" href={hrefWith({ do: "members" })}>
        Members and roles
      </a>
      <a class="item" href={hrefWith({ do: "palette" })}>
        Switch world <kbd>Ctrl K</kbd>
      </a>
    </Menu>
  );
}

function Clock() {
  const now = currentWorldSeconds();
  if (now === null) return null;
  const rate = currentRate();
  return (
    <span class="clock" title={describeClock(rate)}>
      {formatWorldTime(now)}
      {rate === 0 ? " · stopped" : rate === 1 ? "" : ` ×${rate}`}
    </span>
  );
}

function ConnectionStatus() {
  const now = connection.state.value;
  const [, again] = useState(0);
  useEffect(() => {
    if (now.state !== "waiting") return;
    const timer = setInterval(() => again((times) => times + 1), 500);
    return () => clearInterval(timer);
  }, [now]);
  if (now.state === "idle") return null;
  if (now.state === "live")
    return (
      <span class="live on" role="status" title="Changes appear at once">
        <i />
        <span class="wide-only">Live</span>
      </span>
    );
  if (now.state === "connecting")
    return (
      <span class="live" role="status">
        <i />
        <span class="wide-only">Connecting</span>
      </span>
    );
  const lastMessageAt = connection.lastMessageAt.value;
  const seconds = now.state === "waiting" ? Math.max(0, Math.ceil((now.until - Date.now()) / 1000)) : 0;
  return (
    <span class="live off">
      <i />
      <span role="status">Offline</span>, reconnecting in {seconds} s
      <button
        type="button"
        class="button bare"
        onClick={connection.retryNow}
        title={lastMessageAt ? `Last update at ${new Date(lastMessageAt).toLocaleTimeString()}` : undefined}
      >
        Retry
      </button>
    </span>
  );
}

function Viewer() {
  const who = viewer.value;
  return (
    <>
      {who === null && (
        <a class="button" href={hrefWith({ do: "sign-in" })}>
          Sign in
        </a>
      )}
      <Menu
        label={who ? `Signed in as ${who.name}` : "Settings"}
        button={
          who ? (
            <span class="avatar" aria-hidden="true">
              {who.name.slice(0, 1).toUpperCase()}
            </span>
          ) : (
            <Icon name="more" />
          )
        }
      >
        {who && (
          <p class="item muted">
            Signed in as <b>{who.name}</b>
          </p>
        )}
        <div class="item themes" role="group" aria-label="Theme">
          {THEMES.map((name) => (
            <button
              type="button"
              key={name}
              class="button bare"
              aria-pressed={theme.value === name}
              onClick={() => setTheme(name)}
            >
              {name === "system" ? "System" : name === "dark" ? "Dark" : "Light"}
            </button>
          ))}
        </div>
        <a class="item" href={hrefWith({ do: "shortcuts" })}>
          Keyboard shortcuts <kbd>?</kbd>
        </a>
        <a class="item" href="/graphql" data-out>
          GraphiQL
        </a>
        {who && (
          <button type="button" class="item" onClick={() => void signOut()}>
            Sign out
          </button>
        )}
      </Menu>
    </>
  );
}
