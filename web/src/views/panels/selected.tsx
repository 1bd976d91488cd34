/** The right pane, or the sheet: whatever the address selects. */

import { later } from "../../parts/lazy";
import { Skeletons } from "../../parts/notices";
import { param } from "../../state/route";
import { About } from "./about";

const panels = () => import("./panels");
const waiting = () => (
  <div class="panel" aria-busy="true">
    <Skeletons rows={10} height={36} />
  </div>
);
const Character = later(() => panels().then(({ Character }) => Character), waiting);
const Fact = later(() => panels().then(({ Fact }) => Fact), waiting);
const Meet = later(() => panels().then(({ Meet }) => Meet), waiting);
const PathView = later(() => panels().then(({ PathView }) => PathView), waiting);
const RelationshipView = later(() => panels().then(({ RelationshipView }) => RelationshipView), waiting);

export function Selected({ ecosystem }: { ecosystem: string }) {
  const meet = param("meet");
  if (meet) return <Meet ecosystem={ecosystem} />;
  const path = param("path");
  if (path) return <PathView key={path} ecosystem={ecosystem} ends={path} />;
  const tie = param("tie");
  if (tie) return <RelationshipView key={tie} pair={tie} />;
  const fact = param("fact");
  if (fact) return <Fact key={fact} id={fact} />;
  const who = param("who");
  if (who) return <Character key={who} id={who} />;
  return <About />;
}
