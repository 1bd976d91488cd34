/** The reasons for a chance: rules for acceptance to the right, rules against it to the left, and their sum. */
import { insertNames } from "../words/kinds";
import { formatSigned } from "../words/numbers";

interface Reason {
  rule: string;
  description: string;
  weight: number;
}

export function ReasonsTable({
  reasons,
  initiator,
  responder,
}: {
  reasons: readonly Reason[];
  initiator: string;
  responder: string;
}) {
  if (!reasons.length) return <p class="small muted">No rule applied.</p>;
  const most = Math.max(0.1, ...reasons.map(({ weight }) => Math.abs(weight)));
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  return (
    <table class="balance">
      <caption class="visually-hidden">Reasons and their weights</caption>
      <tbody>
        {reasons.map(({ rule, description, weight }) => (
          <tr key={rule}>
            <th scope="row" title={rule}>
              {insertNames(initiator, responder, description)}
            </th>
            <td>
              <span class="signed-meter" aria-hidden="true">
                <i class={weight < 0 ? "cold" : "warm"} style={{ transform: `scaleX(${Math.abs(weight) / most})` }} />
              </span>
            </td>
            <td class="number">{formatSigned(weight)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">Total</th>
          <td />
          <td class="number">{formatSigned(sum)}</td>
        </tr>
      </tbody>
    </table>
  );
}
