/** What a setup link makes of the relays there are. */
import { describe, expect, test } from 'vitest';
import { takeSetup } from '../../../components/options/start-setup.ts';
import { writeSetup } from '../../../utils/protocol/setup-link.ts';
import { MAX_RELAYS, type Relay } from '../../../utils/settings/settings.ts';

const known: Relay = {
  id: 'a',
  name: 'Front desk',
  address: 'wss://relay.acme.example',
  plain: false,
  rememberToken: true,
};
const link = (part: object) =>
  writeSetup({ relay: 'wss://relay.acme.example', name: '', plain: false, token: 'esh_new', ...part });
const createId = () => 'new';

describe('a link', () => {
  test('for an address that is not known makes a new relay, whose token lasts as long as the session', () => {
    expect(takeSetup(link({ relay: 'relay.other.example', name: 'Other' }), [known], createId)).toEqual({
      ok: true,
      relay: { id: 'new', name: 'Other', address: 'relay.other.example', plain: false, rememberToken: false },
      token: 'esh_new',
    });
  });

  test('for one that is known, however it is written, brings its new token and keeps what was chosen', () => {
    const address = 'https://relay.acme.example/v1/stream';
    expect(takeSetup(link({ relay: address }), [known], createId)).toEqual({
      ok: true,
      relay: { ...known, address },
      token: 'esh_new',
    });
  });

  test('with a name renames the relay it is for', () => {
    expect(takeSetup(link({ name: 'Back office' }), [known], createId)).toMatchObject({
      relay: { id: 'a', name: 'Back office' },
    });
  });
});

describe('nothing is taken', () => {
  const full = Array.from({ length: MAX_RELAYS }, (_, at) => ({ ...known, id: `${at}` }));

  test.each([
    ['of what is no link', 'esh_token', [known], 'not-a-setup'],
    [
      'of an address without encryption',
      link({ relay: 'ws://relay.acme.example' }),
      [known],
      'address-not-encrypted',
    ],
    [
      'of an address with a secret',
      link({ relay: 'wss://relay.acme.example/?t=1' }),
      [known],
      'address-holds-secret',
    ],
    ['of a relay too many', link({ relay: 'relay.other.example' }), full, 'full'],
  ])('%s', (_, text, relays, problem) => {
    expect(takeSetup(text, relays, createId)).toEqual({ ok: false, problem });
  });

  test('but a full list still takes a new token for one of its own', () => {
    expect(takeSetup(link({}), full, createId)).toMatchObject({ ok: true, relay: { id: '0' } });
  });
});
