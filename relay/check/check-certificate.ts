/** The certificate that agents will be shown. */
import { readTlsPair, type TlsFiles } from '../server/tls-pair.ts';
import type { Hop } from './hop.ts';

export async function checkCertificate(files: TlsFiles, nowMs: number): Promise<Hop> {
  const hop = 'certificate';
  const result = await readTlsPair(files);
  if (!result.ok) {
    const remedy = 'Check the files that "listen.tls" names, and that the relay may read them.';
    return { hop, tone: 'poor', text: `The certificate cannot be used. ${result.problem}.`, remedy };
  }
  const moment = new Date(result.pair.expiresAtMs).toISOString();
  return result.pair.expiresAtMs <= nowMs
    ? {
        hop,
        tone: 'poor',
        text: `The certificate expired at ${moment}.`,
        remedy: 'Renew it; a running relay takes over the new files by itself.',
      }
    : { hop, tone: 'good', text: `The certificate and its key can be used until ${moment}.` };
}
