/** The findings that are said in the same words every time. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { Finding } from '../../utils/connection/hops.ts';
import type { AddressProblem } from '../../utils/connection/relay-address.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';

type WithNothingElse<Found> = Found extends { hop: string; kind: infer Kind }
  ? Exclude<keyof Found, 'hop' | 'kind'> extends never
    ? Kind
    : never
  : never;

/** What is found without a figure or a name. */
export type PlainKind = WithNothingElse<Finding>;

type PlainWords = { said: MessageKey; todo?: MessageKey; help?: HelpTopic };

export const addressWords: Record<AddressProblem, MessageKey> = {
  'address-empty': 'addressEmpty',
  'address-not-a-url': 'addressNotAUrl',
  'address-not-websocket': 'addressNotWebsocket',
  'address-not-encrypted': 'addressNotEncrypted',
  'address-holds-secret': 'addressHoldsSecret',
};

function wrongAddress(problem: AddressProblem): PlainWords {
  return { said: addressWords[problem], help: 'relay-address' };
}

export const plainWords: Record<PlainKind, PlainWords> = {
  'address-encrypted': { said: 'hopAddressEncrypted' },
  'address-loopback': { said: 'hopAddressLoopback' },
  'address-empty': wrongAddress('address-empty'),
  'address-not-a-url': wrongAddress('address-not-a-url'),
  'address-not-websocket': wrongAddress('address-not-websocket'),
  'address-not-encrypted': wrongAddress('address-not-encrypted'),
  'address-holds-secret': wrongAddress('address-holds-secret'),
  answers: { said: 'hopAnswers' },
  'plain-opens': { said: 'hopPlainOpens' },
  'nothing-there': { said: 'hopNothingThere', todo: 'hopNothingThereDo', help: 'relay-unreachable' },
  'no-answer': { said: 'hopNoAnswer', todo: 'hopNoAnswerDo', help: 'relay-unreachable' },
  'speaks-earshot': { said: 'hopSpeaks' },
  'plain-protocol': { said: 'hopPlainProtocol' },
  'plain-refused': { said: 'hopPlainRefused', todo: 'hopPlainRefusedDo', help: 'no-websocket' },
  'not-a-relay': { said: 'hopNotARelay', todo: 'hopNotARelayDo', help: 'not-a-relay' },
  'no-websocket': { said: 'hopNoWebsocket', todo: 'hopNoWebsocketDo', help: 'no-websocket' },
  'no-hello': { said: 'hopNoHello', todo: 'hopNoHelloDo', help: 'no-websocket' },
  'protocol-broken': { said: 'hopProtocolBroken', todo: 'hopProtocolBrokenDo', help: 'protocol' },
  'version-unknown': { said: 'hopVersionUnknown', todo: 'hopVersionUnknownDo', help: 'protocol' },
  missing: { said: 'hopTokenMissing', todo: 'hopTokenMissingDo', help: 'token' },
  unknown: { said: 'hopTokenUnknown', todo: 'hopTokenUnknownDo', help: 'token' },
  malformed: { said: 'hopTokenMalformed', todo: 'hopTokenMalformedDo', help: 'token' },
  origin: { said: 'hopOrigin', todo: 'hopOriginDo', help: 'origin' },
  forbidden: { said: 'hopForbidden', todo: 'hopForbiddenDo', help: 'forbidden' },
  'plain-token': { said: 'hopPlainToken' },
  'plain-platform': { said: 'hopPlainPlatform' },
  'platform-unknown': { said: 'hopPlatformUnknown', todo: 'hopClosedDo', help: 'platform-down' },
  'no-calls': { said: 'hopNoCalls', todo: 'hopNoCallsDo', help: 'forbidden' },
  'cut-off': { said: 'hopCutOff', todo: 'hopCutOffDo', help: 'connection-lost' },
  'nothing-to-read': { said: 'hopNothingToRead' },
};
