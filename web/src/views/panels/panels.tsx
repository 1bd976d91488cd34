/** What can be selected, fetched together when the first is. */
export { Character } from "./character";
export { Fact } from "./fact";
export { Meet } from "./meet";
export { PathView } from "./path";
export { RelationshipView } from "./relationship";
