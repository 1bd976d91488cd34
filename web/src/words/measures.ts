/** Labels of network measures, and one sentence for each that says what it means. */
import type { NetworkKind } from "../gql/graphql";

export const NETWORKS: readonly { kind: NetworkKind; word: string; means: string }[] = [
  { kind: "RELATIONSHIPS", word: "Who feels something", means: "Two are joined where either feels something for the other." },
  { kind: "CO_PRESENCE", word: "Who was there together", means: "Two are joined by every conversation in which both spoke." },
  { kind: "EXCHANGES", word: "Who answered whom", means: "One leads to another as often as it spoke right after it." },
];

type WorldMeasure =
  | "size"
  | "numEdges"
  | "density"
  | "averageDegree"
  | "maxDegree"
  | "averageClustering"
  | "averagePathLength"
  | "diameter"
  | "numConnectedComponents";
export type CharacterMeasure =
  | "degree"
  | "weightedDegree"
  | "closeness"
  | "betweenness"
  | "eigenvector"
  | "numOfSpeechActs"
  | "numOfWords";

export const WORLD_MEASURES: readonly { key: WorldMeasure; word: string; means: string }[] = [
  { key: "size", word: "Characters", means: "How many belong to this network." },
  { key: "numEdges", word: "Ties", means: "How many pairs are joined." },
  { key: "density", word: "Density", means: "The share of all possible pairs that are joined." },
  { key: "averageDegree", word: "Average degree", means: "How many others one is joined to, on average." },
  { key: "maxDegree", word: "Greatest degree", means: "How many others the best connected one is joined to." },
  { key: "averageClustering", word: "Clustering", means: "How often two who know the same one know each other." },
  { key: "averagePathLength", word: "Path length", means: "Over how many steps two reach each other, on average." },
  { key: "diameter", word: "Diameter", means: "How many steps lie between the two farthest apart." },
  { key: "numConnectedComponents", word: "Components", means: "Into how many groups without a way between them it falls." },
];

export const MEASURES: readonly { key: CharacterMeasure; word: string; means: string }[] = [
  { key: "degree", word: "Degree", means: "How many others it is joined to." },
  { key: "weightedDegree", word: "Weighted degree", means: "The sum of the weights of its ties." },
  { key: "closeness", word: "Closeness", means: "How near it is to everybody: 1 is beside all." },
  { key: "betweenness", word: "Betweenness", means: "The share of shortest ways between others that lead over it." },
  { key: "eigenvector", word: "Eigenvector", means: "How well connected those are whom it is connected to." },
  { key: "numOfSpeechActs", word: "Speeches", means: "How often it spoke." },
  { key: "numOfWords", word: "Words", means: "How many words it said." },
];
