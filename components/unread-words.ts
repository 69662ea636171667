/** Why an event could not be read, in words that go on a sentence. */
import { type MessageKey, words } from '../utils/browser/runtime.ts';
import type { UnreadReason } from '../utils/transcript/event.ts';

const reasonWords: Record<UnreadReason, MessageKey> = {
  'broken-json': 'unreadBrokenJson',
  'no-text': 'unreadNoText',
  'text-not-readable': 'unreadTextNotReadable',
  'call-id-not-readable': 'unreadCallIdNotReadable',
  'nested-too-deep': 'unreadNestedTooDeep',
  'too-many-events': 'unreadTooManyEvents',
  'not-an-event': 'unreadNotAnEvent',
};

export function unreadWords(reason: UnreadReason): string {
  return words(reasonWords[reason]);
}
