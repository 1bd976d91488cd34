/** A person's name that leads to the person. */
import { here, selecting } from "../state/route";

export function Name({ name, id }: { name: string; id: string | undefined }) {
  return id ? (
    <a class="name" href={here(selecting({ who: id }))}>
      {name}
    </a>
  ) : (
    <span class="name gone">{name}</span>
  );
}
