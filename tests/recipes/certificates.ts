/** Authorities of our own, and what they sign, by openssl: all files lie in one folder. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export type Certificate = { certFile: string; keyFile: string };
export type Authority = {
  certFile: string;
  /** A certificate for these DNS names. */
  sign(file: string, names: readonly string[]): Certificate;
};

const DAYS = '2';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export function createAuthority(folder: string, file: string): Authority {
  const authority = place(folder, file);
  request(authority, file, ['-addext', 'basicConstraints=critical,CA:true']);
  return {
    certFile: authority.certFile,
    sign(leaf, names) {
      const signed = place(folder, leaf);
      const altNames = names.map((name) => `DNS:${name}`).join(',');
      request(signed, leaf, [
        ...['-CA', authority.certFile, '-CAkey', authority.keyFile],
        ...['-addext', 'basicConstraints=critical,CA:false'],
        ...['-addext', `subjectAltName=${altNames}`],
      ]);
      return signed;
    },
  };
}

function place(folder: string, file: string): Certificate {
  return { certFile: join(folder, `${file}.cert.pem`), keyFile: join(folder, `${file}.key.pem`) };
}

function request({ certFile, keyFile }: Certificate, name: string, more: readonly string[]): void {
  const args = ['req', '-x509', '-days', DAYS, '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', [...args, ...NEW_KEY, ...more], { stdio: 'pipe' });
}
