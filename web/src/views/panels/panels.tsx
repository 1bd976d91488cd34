/** What can be selected, fetched together when the first is. */
export { CharacterPanel } from "./character";
export { FactPanel } from "./fact";
export { InteractPanel } from "./interact";
export { PathPanel } from "./path";
export { RelationshipPanel } from "./relationship";
