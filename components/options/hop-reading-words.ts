/** How the last events could be read, in words. */
import { type MessageKey, uiLanguage, words } from '../../utils/browser/runtime.ts';
import type { FindingOf } from '../../utils/connection/hops.ts';
import type { MappableField } from '../../utils/transcript/field-map.ts';
import { unreadWords } from '../unread-words.ts';
import type { HopWords } from './hop-words.ts';

type WithReading = Extract<FindingOf<'readable'>, { count: number }>;

const fieldWords: Record<MappableField, MessageKey> = {
  callId: 'hopFieldCallId',
  text: 'hopFieldText',
  leg: 'hopFieldLeg',
  speaker: 'hopFieldSpeaker',
  final: 'hopFieldFinal',
  time: 'hopFieldTime',
  caller: 'hopFieldCaller',
  callee: 'hopFieldCallee',
  customer: 'hopFieldCustomer',
  utteranceId: 'hopFieldUtteranceId',
};

export function readingWords(found: WithReading): HopWords {
  const { kind, count, readCount } = found;
  const fields = listFields(found.fields);
  switch (kind) {
    case 'all-read':
      return { said: count === 1 ? words('hopOneRead', fields) : words('hopAllRead', count, fields) };
    case 'some-unread':
      return toInspector(words('hopSomeUnread', readCount, count, fields), describeReason(found));
    case 'none-read':
      return toInspector(words('hopNoneRead', count), describeReason(found));
    case 'no-text':
      return toInspector(words('hopNoText', count), words('hopNoTextDo'));
    case 'no-call-id':
      return toInspector(words('hopNoCallId', count), words('hopNoCallIdDo'));
  }
}

function toInspector(said: string, todo: string | undefined): HopWords {
  return { said, todo, help: 'unread-events', toInspector: true };
}

function describeReason({ lastReason }: WithReading): string | undefined {
  return lastReason === undefined ? undefined : words('hopUnreadDo', unreadWords(lastReason));
}

function listFields(fields: readonly MappableField[]): string {
  const named = fields.map((field) => words(fieldWords[field]));
  return new Intl.ListFormat(uiLanguage(), { type: 'conjunction' }).format(named);
}
