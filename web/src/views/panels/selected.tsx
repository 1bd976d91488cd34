/** The right pane, or the sheet of a narrow page: the panel of what the address selects. */

import { lazy } from "../../parts/lazy";
import { Skeleton } from "../../parts/notices";
import { param } from "../../state/route";
import { AboutWorld } from "./about";

const panels = () => import("./panels");
const PanelPlaceholder = () => (
  <div class="panel" aria-busy="true">
    <Skeleton rows={10} height={36} />
  </div>
);
const CharacterPanel = lazy(() => panels().then(({ CharacterPanel }) => CharacterPanel), PanelPlaceholder);
const FactPanel = lazy(() => panels().then(({ FactPanel }) => FactPanel), PanelPlaceholder);
const InteractPanel = lazy(() => panels().then(({ InteractPanel }) => InteractPanel), PanelPlaceholder);
const PathPanel = lazy(() => panels().then(({ PathPanel }) => PathPanel), PanelPlaceholder);
const RelationshipPanel = lazy(() => panels().then(({ RelationshipPanel }) => RelationshipPanel), PanelPlaceholder);

export function SelectedPanel({ ecosystemId }: { ecosystemId: string }) {
  const meet = param("meet");
  if (meet) return <InteractPanel ecosystemId={ecosystemId} />;
  const path = param("path");
  if (path) return <PathPanel key={path} ecosystemId={ecosystemId} ends={path} />;
  const tie = param("tie");
  if (tie) return <RelationshipPanel key={tie} pair={tie} />;
  const fact = param("fact");
  if (fact) return <FactPanel key={fact} id={fact} />;
  const who = param("who");
  if (who) return <CharacterPanel key={who} id={who} />;
  return <AboutWorld />;
}
