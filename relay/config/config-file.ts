/** The configuration as it stands in a file, whose own folder is where the files that it names are looked for. */
import { dirname, resolve } from 'node:path';
import type { NatsOptions } from '../bus/nats/nats-options.ts';
import { type ConfigResult, type Environment, readConfig, type StreamConfig } from './config.ts';

/** `text`: the content of the file at `path`. */
export function readConfigAt(path: string, text: string, env: Environment): ConfigResult {
  const result = readConfig(text, env);
  if (!result.ok) return result;
  const { config } = result;
  const place = (file: string) => resolve(dirname(path), file);
  const { bus, identity, listen } = config;
  const { tls } = listen;
  return {
    ok: true,
    config: {
      ...config,
      streams: config.streams.map((stream) => placeToken(stream, place)),
      listen: tls
        ? { ...listen, tls: { certFile: place(tls.certFile), keyFile: place(tls.keyFile) } }
        : listen,
      identity: identity && {
        ...identity,
        jwks: identity.jwks.includes('://') ? identity.jwks : place(identity.jwks),
      },
      bus: bus && { nats: placeNats(bus.nats, place) },
    },
  };
}

function placeToken(stream: StreamConfig, place: (file: string) => string): StreamConfig {
  const { token } = stream;
  return token.from === 'file' ? { ...stream, token: { ...token, path: place(token.path) } } : stream;
}

function placeNats(nats: NatsOptions, place: (file: string) => string): NatsOptions {
  const { tls, credentialsFile, passwordFile } = nats;
  const placed = (file: string | undefined) => (file === undefined ? undefined : place(file));
  return {
    ...nats,
    tls: tls && {
      caFile: placed(tls.caFile),
      certFile: placed(tls.certFile),
      keyFile: placed(tls.keyFile),
    },
    credentialsFile: placed(credentialsFile),
    passwordFile: placed(passwordFile),
  };
}
