/** Why NATS is not there for us, in words for operators. Nothing of an error is repeated that could hold a secret. */
import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

export type Trouble = {
  words: string;
  /** It does not pass by itself, so it is looked after less often. */
  isLasting: boolean;
};

/** A file the configuration names; `path` is the operator's own. */
export class UnreadableFile extends Error {
  readonly words: string;
  constructor(what: string, path: string, code: string) {
    super(`${what} cannot be read`);
    this.words = `${what} (${path}) cannot be read (${code})`;
  }
}

/** The servers that had the log were all lost. */
export class LostLog extends Error {
  readonly words = 'the log on NATS has lost what it held, and nobody has begun another';
}

/** Why a connection did not come to be. */
export function describeConnectError(error: unknown): Trouble {
  if (error instanceof UnreadableFile) return { words: error.words, isLasting: true };
  if (error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError)
    return { words: 'NATS refused our credentials', isLasting: true };
  if (isNoJetStream(error)) return { words: 'NATS has no JetStream here', isLasting: true };
  if (error instanceof errors.TimeoutError || hasCause(error, errors.TimeoutError))
    return { words: 'NATS did not answer in time', isLasting: false };
  if (error instanceof errors.PermissionViolationError || hasCause(error, errors.PermissionViolationError))
    return { words: 'NATS does not let our user use JetStream', isLasting: true };
  if (error instanceof JetStreamApiError) return { words: describeApiError(error), isLasting: true };
  const code = codeOf(error);
  if (code !== undefined) return describeCode(code);
  if (error instanceof Error && error.message.includes("'tls'"))
    return { words: 'NATS does not speak TLS here', isLasting: true };
  if (error instanceof Error && /credentials|nkey|seed|checksum|base32/i.test(error.message))
    return { words: 'our credentials file is not one of NATS', isLasting: true };
  return { words: 'NATS cannot be reached', isLasting: false };
}

/** Why a connection that stood has ended. */
export function describeLoss(error: unknown): string {
  return error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError
    ? 'NATS no longer takes our credentials'
    : 'the connection to NATS was lost';
}

/** A refusal of JetStream's own; its words name streams, limits and servers. */
export function describeApiError(error: JetStreamApiError): string {
  return `JetStream of NATS refused: ${error.message} (${error.code})`;
}

/** Nobody listens where JetStream would, or the account may not use it. */
export function isNoJetStream(error: unknown): boolean {
  return error instanceof Error && error.name === 'JetStreamNotEnabled';
}

function hasCause(error: unknown, kind: new (...args: never[]) => Error): boolean {
  return error instanceof Error && error.cause instanceof kind;
}

/** Of the network or of TLS: the error's own, or of what is behind it. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

const CERTIFICATE =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME)/;

function describeCode(code: string): Trouble {
  switch (code) {
    case 'ECONNREFUSED':
      return { words: 'NATS cannot be reached: connection refused', isLasting: false };
    case 'ENOTFOUND':
      return { words: 'NATS cannot be reached: its host name is unknown', isLasting: false };
    case 'ECONNRESET':
    case 'EPIPE':
      return { words: 'NATS cut the connection', isLasting: false };
    case 'ETIMEDOUT':
      return { words: 'NATS did not answer in time', isLasting: false };
    case 'CERT_HAS_EXPIRED':
      return { words: 'the certificate of NATS has expired', isLasting: true };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { words: 'the certificate of NATS is for another host', isLasting: true };
    default:
      return CERTIFICATE.test(code)
        ? { words: 'the certificate of NATS is not trusted', isLasting: true }
        : { words: `NATS cannot be reached (${code})`, isLasting: false };
  }
}
