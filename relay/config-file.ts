/** The configuration as it stands in a file, whose own folder is where its `tokenFile` is looked for. */
import { dirname, resolve } from 'node:path';
import { type ConfigResult, type Environment, readConfig } from './config.ts';

/** `text`: the content of the file at `path`. */
export function readConfigAt(path: string, text: string, env: Environment): ConfigResult {
  const result = readConfig(text, env);
  if (!result.ok || result.config.upstream.token.from !== 'file') return result;
  const { upstream } = result.config;
  const token = { ...upstream.token, path: resolve(dirname(path), result.config.upstream.token.path) };
  return { ok: true, config: { ...result.config, upstream: { ...upstream, token } } };
}
