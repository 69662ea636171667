/** Certificates made by openssl in a folder of their own. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

export async function createCertificates() {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  /** Where a relay looks. */
  const files = { certFile: join(folder, 'used.crt'), keyFile: join(folder, 'used.key') };
  const of = (name: string) => ({
    certFile: join(folder, `${name}.crt`),
    keyFile: join(folder, `${name}.key`),
  });

  return {
    files,
    async make(name: string, days = 100): Promise<void> {
      const { certFile, keyFile } = of(name);
      const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
      const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
      await run('openssl', [
        'req',
        ...kind,
        ...subject,
        '-days',
        `${days}`,
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ]);
    },
    /** Puts a made certificate, or only its key, where a relay looks. */
    useCert: (name: string) => copyFile(of(name).certFile, files.certFile),
    useKey: (name: string) => copyFile(of(name).keyFile, files.keyFile),
    text: async (name: string) => ({
      cert: await readFile(of(name).certFile, 'utf8'),
      key: await readFile(of(name).keyFile, 'utf8'),
    }),
  };
}
