/** The panels of selections in one chunk, which is fetched with the first. */
export { CharacterPanel } from "./character";
export { FactPanel } from "./fact";
export { InteractPanel } from "./interact";
export { PathPanel } from "./path";
export { RelationshipPanel } from "./relationship";
