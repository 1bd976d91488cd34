/** Labels of network measures, and one sentence for each that says what it means. */
import type { NetworkKind } from "../gql/graphql";

export const NETWORKS: readonly { kind: NetworkKind; word: string; means: string }[] = [
  { kind: "RELATIONSHIPS", word: "Relationships", means: "Two characters are joined if either has feelings for the other." },
  { kind: "CO_PRESENCE", word: "Co-presence", means: "Two characters are joined by each conversation in which both spoke." },
  { kind: "EXCHANGES", word: "Exchanges", means: "An edge counts how often one character spoke right after another." },
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
  { key: "size", word: "Characters", means: "How many characters the network has." },
  { key: "numEdges", word: "Edges", means: "How many pairs are joined." },
  { key: "density", word: "Density", means: "The share of all possible pairs that are joined." },
  { key: "averageDegree", word: "Average degree", means: "The average number of neighbours." },
  { key: "maxDegree", word: "Greatest degree", means: "The largest number of neighbours." },
  { key: "averageClustering", word: "Clustering", means: "How often two neighbours of a character are joined too." },
  { key: "averagePathLength", word: "Path length", means: "The average number of steps between two characters." },
  { key: "diameter", word: "Diameter", means: "The largest number of steps between two characters." },
  { key: "numConnectedComponents", word: "Components", means: "How many groups have no path between them." },
];

export const MEASURES: readonly { key: CharacterMeasure; word: string; means: string }[] = [
  { key: "degree", word: "Degree", means: "The number of neighbours." },
  { key: "weightedDegree", word: "Weighted degree", means: "The sum of the weights of all edges." },
  { key: "closeness", word: "Closeness", means: "How near all others are: 1 means one step." },
  {
    key: "betweenness",
    word: "Betweenness",
    means: "The share of shortest paths between others that pass through this character.",
  },
  { key: "eigenvector", word: "Eigenvector", means: "How well connected the neighbours are." },
  { key: "numOfSpeechActs", word: "Speeches", means: "The number of speeches." },
  { key: "numOfWords", word: "Words", means: "The number of spoken words." },
];
