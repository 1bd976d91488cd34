/** The rule set of a world as a table. */
import { Dialog } from "../../parts/dialog";
import { KindMark } from "../../parts/kind_mark";
import { world } from "../../state/world";
import { kindWords } from "../../words/kinds";
import { formatPercent, formatSigned } from "../../words/numbers";
import { describeClock } from "../../words/time";

export function RulesDialog() {
  const ecosystem = world.value;
  if (!ecosystem) return null;
  const { ruleSet, clock, seed } = ecosystem;
  return (
    <Dialog title={`The rules of ${ecosystem.name}`} isWide>
      <p class="muted">
        {ruleSet.description} Rule set “{ruleSet.name}”, version {ruleSet.version}. {describeClock(clock.rate)}
        {seed ? ` Seed ${seed}.` : ""}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Kinds of interaction">
        <table class="table">
          <caption>Cost and effect of each kind</caption>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" class="number">
                Cost
              </th>
              <th scope="col" class="number">
                Affinity
              </th>
              <th scope="col" class="number">
                Trust
              </th>
              <th scope="col" class="number">
                Familiarity
              </th>
              <th scope="col" class="number">
                Valence
              </th>
            </tr>
          </thead>
          <tbody>
            {ruleSet.kinds.map((rule) => (
              <tr key={rule.kind}>
                <th scope="row">
                  <KindMark kind={rule.kind} /> {kindWords(rule.kind).label}
                </th>
                <td class="number">{formatPercent(rule.cost)}</td>
                <td class="number">{rule.affinityRate.toFixed(2)}</td>
                <td class="number">{rule.trustRate.toFixed(2)}</td>
                <td class="number">{rule.familiarityRate.toFixed(2)}</td>
                <td class="number">{formatSigned(rule.baseValence, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>What makes a character accept</h3>
      <ul class="volitions">
        {ruleSet.volitions.map((rule) => (
          <li key={rule.name}>
            <span class="number">{formatSigned(rule.weight)}</span> {rule.description}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
