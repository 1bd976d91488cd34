/** An open conversation: pages of earlier lines, new lines from its subscription, and lines that are being sent. */
import { type Signal, signal } from "@preact/signals";
import type { Failure } from "../api/failures";
import { mutate, type Refusal } from "../api/query";
import { request } from "../api/request";
import { subscribe } from "../api/subscription";
import {
  ConversationDocument,
  type ConversationQuery,
  FollowConversationDocument,
  type LineFragment,
  SayDocument,
} from "../gql/graphql";
import { newIdempotencyKey } from "./idempotency_keys";

export type Conversation = NonNullable<ConversationQuery["conversation"]>;

export interface PendingMessage {
  key: string;
  speakerId: string;
  speakerName: string;
  text: string;
  /** Undefined while the line is being sent. */
  error?: { refusal: Refusal } | { failure: Failure };
}

const PAGE_SIZE = 50;

export class ConversationStore {
  readonly conversation: Signal<Conversation | null | undefined> = signal(undefined);
  readonly failure: Signal<Failure | null> = signal(null);
  /** In ascending order of their numbers. */
  readonly lines: Signal<readonly LineFragment[]> = signal([]);
  readonly pending: Signal<readonly PendingMessage[]> = signal([]);
  readonly hasEarlier = signal(false);
  readonly isLoading = signal(true);
  private startCursor: string | null = null;
  private unsubscribe: (() => void) | undefined;
  private isClosed = false;

  constructor(private readonly id: string) {
    void this.open();
  }

  async open(): Promise<void> {
    this.failure.value = null;
    const conversation = await this.loadPage(null);
    if (!conversation || this.isClosed) return;
    this.unsubscribe?.();
    this.unsubscribe = subscribe({
      query: FollowConversationDocument.toString(),
      variables: { id: this.id },
      after: conversation.ecosystem.head,
      next: (result) => {
        const event = (result.data as { conversation?: { message?: LineFragment } } | undefined)?.conversation;
        if (event?.message) this.addLines([event.message]);
      },
      onFinal: (event) => event.__typename === "CursorLost" && void this.open(),
    });
  }

  close(): void {
    this.isClosed = true;
    this.unsubscribe?.();
  }

  async loadEarlier(): Promise<void> {
    if (this.hasEarlier.value && !this.isLoading.value) await this.loadPage(this.startCursor);
  }

  /** Shows the line at once. Each attempt sends the same idempotency key, so that the line is said once. */
  async say(speakerId: string, speakerName: string, text: string, key = newIdempotencyKey()): Promise<void> {
    this.pending.value = [...this.pending.value.filter((one) => one.key !== key), { key, speakerId, speakerName, text }];
    const outcome = await mutate(SayDocument, { input: { conversationId: this.id, speakerId, text, idempotencyKey: key } });
    if ("payload" in outcome) {
      this.addLines([outcome.payload.message]);
      this.discard(key);
    } else this.pending.value = this.pending.value.map((one) => (one.key === key ? { ...one, error: outcome } : one));
  }

  retry(line: PendingMessage): Promise<void> {
    return this.say(line.speakerId, line.speakerName, line.text, line.key);
  }

  discard(key: string): void {
    this.pending.value = this.pending.value.filter((one) => one.key !== key);
  }

  private async loadPage(before: string | null): Promise<Conversation | null> {
    this.isLoading.value = true;
    const answer = await request(ConversationDocument, { id: this.id, last: PAGE_SIZE, before });
    this.isLoading.value = false;
    if (answer.failure) {
      this.failure.value = answer.failure;
      return null;
    }
    const conversation = answer.data.conversation ?? null;
    this.conversation.value = conversation;
    if (!conversation) return null;
    this.startCursor = conversation.messages.pageInfo.startCursor ?? null;
    this.hasEarlier.value = conversation.messages.pageInfo.hasPreviousPage;
    this.addLines(conversation.messages.edges.map(({ node }) => node));
    return conversation;
  }

  private addLines(lines: readonly LineFragment[]): void {
    this.lines.value = mergeLines(this.lines.value, lines);
  }
}

/** Both lists by number; a line that is in both appears once. */
export function mergeLines(known: readonly LineFragment[], more: readonly LineFragment[]): readonly LineFragment[] {
  const byNumber = new Map([...known, ...more].map((line) => [line.number, line]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
