/** What the fields that can be mapped are called. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { MappableField } from '../../utils/transcript/field-map.ts';

export const fieldWords: Record<MappableField, MessageKey> = {
  callId: 'mapCallId',
  text: 'mapText',
  leg: 'mapLeg',
  speaker: 'mapSpeaker',
  final: 'mapFinal',
  time: 'mapTime',
  caller: 'mapCaller',
  callee: 'mapCallee',
  customer: 'mapCustomer',
  utteranceId: 'mapUtteranceId',
};
