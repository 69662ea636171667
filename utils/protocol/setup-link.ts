/**
 * What an administrator sends an agent, so that one paste sets Earshot up: `earshot:` and base64url of JSON, or that
 * JSON itself. It may hold the agent's token, and so travels like a password.
 */
import * as v from 'valibot';

const SETUP_SCHEME = 'earshot:';
const MAX_SETUP_LENGTH = 20_000;

const setup = v.object({
  /** The relay's address, as a person would type it. */
  relay: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
  name: v.optional(v.pipe(v.string(), v.maxLength(60)), ''),
  plain: v.optional(v.boolean(), false),
  /** Without one the agent is asked for it. */
  token: v.optional(v.pipe(v.string(), v.maxLength(8_192)), ''),
});

export type Setup = v.InferOutput<typeof setup>;
export type SetupProblem = 'empty' | 'too-long' | 'not-a-setup' | 'cut-short' | 'no-relay';
export type ReadSetup = { ok: true; setup: Setup } | { ok: false; problem: SetupProblem };

/**
 * What was pasted, as mail programs and chats hand it on: in quotes, in angle brackets, broken into lines. `cut-short`:
 * its end is missing, and it has to be copied whole.
 */
export function readSetup(text: string): ReadSetup {
  if (text.length > MAX_SETUP_LENGTH) return { ok: false, problem: 'too-long' };
  const bare = text.replace(wrapping, '');
  if (bare === '') return { ok: false, problem: 'empty' };
  const json = bare.startsWith('{') ? bare.replace(/[\r\n]+/g, '') : decodeLink(bare);
  if (json === undefined || !json.startsWith('{')) return { ok: false, problem: 'not-a-setup' };
  const raw = parseJson(json);
  if (raw === undefined) return { ok: false, problem: json.endsWith('}') ? 'not-a-setup' : 'cut-short' };
  const parsed = v.safeParse(setup, raw);
  if (parsed.success) return { ok: true, setup: parsed.output };
  const isRelay = parsed.issues.some(({ path }) => path?.[0]?.key === 'relay');
  return { ok: false, problem: isRelay ? 'no-relay' : 'not-a-setup' };
}

/** The link for this setup, on one line. It is as secret as the token in it. */
export function writeSetup({ relay, name, plain, token }: Setup): string {
  const said = { relay, ...(name && { name }), ...(plain && { plain }), ...(token && { token }) };
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return `${SETUP_SCHEME}${toBase64url(bytes)}`;
}

/** What stands around a link in a letter, and is no part of it. */
const wrapping = /^[\s"'`<(\u200b\u2018-\u201f\u00ab\u00bb]+|[\s"'`>)\u200b\u2018-\u201f\u00ab\u00bb]+$/g;

/** The text a link holds, whole or not; `undefined`: it is no link. */
function decodeLink(link: string): string | undefined {
  if (!link.toLowerCase().startsWith(SETUP_SCHEME)) return undefined;
  const digits = link
    .slice(SETUP_SCHEME.length)
    .replace(/[\s=\u200b]+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]+$/.test(digits)) return undefined;
  // A single digit left over says less than a byte: the rest of it is missing.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  const bytes = Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function toBase64url(bytes: Uint8Array): string {
  const digits = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return digits.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
