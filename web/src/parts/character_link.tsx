/** A character's name, as a link to the character if the viewer may see it. */
import { hrefWith, withSelection } from "../state/route";

export function CharacterLink({ name, id }: { name: string; id: string | undefined }) {
  return id ? (
    <a class="name" href={hrefWith(withSelection({ who: id }))}>
      {name}
    </a>
  ) : (
    <span class="name removed">{name}</span>
  );
}
