import { expect, test } from 'vitest';
import { findSecrets } from '../secrecy/find-secrets.ts';

const SPOKEN = ['i would like to cancel my account'];
const kindsIn = (text: string) => findSecrets('relay.log', text, SPOKEN).map(({ kind }) => kind);
const JWT = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJhbGljZSJ9', 'c2ln'].join('.');

test.each([
  ['an agent’s token', ['esh', 'Zm9vYmFyYmF6'].join('_'), 'a token'],
  ['a JWT', JWT, 'a token'],
  ['a subprotocol that carries one', `base64url.bearer.earshot.${'Zm9v'}`, 'a token'],
  ['a header', 'authorization: Bearer abcdefgh', 'a token'],
  ['words of a call, in any case', '{"text":"I would like to cancel my account."}', 'words of a call'],
])('%s is found', (_name, secret, kind) => {
  expect(kindsIn(`{"level":30}\n{"msg":"${secret}"}\n`)).toContain(kind);
  expect(findSecrets('relay.log', `\n${secret}`, SPOKEN)[0]?.where).toBe('relay.log:2');
});

test('an honest line is none', () => {
  expect(
    kindsIn(
      '{"level":40,"reason":"unknown","msg":"token refused"}\nearshot: client connected\nBearer <token>',
    ),
  ).toEqual([]);
});
