/** What operators are told where NATS does not take us, against real servers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Bus } from '../../../relay/bus/bus.ts';
import { createNatsBus } from '../../../relay/bus/nats/nats-bus.ts';
import type { NatsOptions } from '../../../relay/bus/nats/nats-options.ts';
import { systemClock } from '../../../relay/clock.ts';
import { LIMITS } from '../../../relay/limits.ts';
import { silentObserver } from '../../../relay/operations/observer.ts';
import { freePort } from '../../free-port.ts';
import { type NatsServerOptions, startNatsServer } from '../../nats-server.ts';
import { createCertificates } from './certificates.ts';
import { until } from './until.ts';

const SECRET = 'open-sesame';

describe('a bus that NATS does not take', { timeout: 30_000 }, () => {
  test('says that nobody is there', async () => {
    const said = await whyAway({ servers: [`nats://127.0.0.1:${await freePort()}`] });
    expect(said).toBe('NATS cannot be reached: connection refused');
  });

  test('says that its password is wrong, without it', async () => {
    const { folder, url } = await start({ users: `{ user: "relay", password: "other" }` });
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, `${SECRET}\n`);
    const lines: string[] = [];
    const said = await whyAway({ servers: [url], user: 'relay', passwordFile }, lines);
    expect(said).toBe('NATS refused our credentials');
    expect(lines.join('')).toContain(said);
    expect(lines.join('')).not.toContain(SECRET);
  });

  test('says which file it cannot read', async () => {
    const { folder, url } = await start();
    const said = await whyAway({ servers: [url], user: 'relay', passwordFile: join(folder, 'none') });
    expect(said).toMatch(/^the file of the NATS password \(.*none\) cannot be read \(ENOENT\)$/);
  });

  test('says that the credentials file is none', async () => {
    const { folder, url } = await start();
    const credentialsFile = join(folder, 'relay.creds');
    await writeFile(credentialsFile, SECRET);
    expect(await whyAway({ servers: [url], credentialsFile })).toBe(
      'our credentials file is not one of NATS',
    );
  });

  test('says that the certificate is not trusted', async () => {
    const { url } = await start({ tls: true });
    expect(await whyAway({ servers: [url.replace('nats:', 'tls:')] })).toBe(
      'the certificate of NATS is not trusted',
    );
  });

  test('says that the server speaks no TLS', async () => {
    const { url } = await start();
    expect(await whyAway({ servers: [url.replace('nats:', 'tls:')] })).toBe('NATS does not speak TLS here');
  });
});

describe('a bus', { timeout: 30_000 }, () => {
  test('connects with TLS, to a server whose authority its file names', async () => {
    const { url, certFile } = await start({ tls: true });
    const bus = joinBus({ servers: [url.replace('nats:', 'tls:')], tls: { caFile: certFile } });
    await until(() => expect(bus.status().state).toBe('here'));
  });

  test('reads a password that has been put right at its next try', async () => {
    const { folder, url } = await start({ users: `{ user: "relay", password: "${SECRET}" }` });
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, 'wrong');
    const bus = joinBus({ servers: [url], user: 'relay', passwordFile });
    await until(() => expect(bus.status().detail).toBe('NATS refused our credentials'));
    await writeFile(passwordFile, SECRET);
    await until(() => expect(bus.status()).toMatchObject({ state: 'here' }));
    expect(bus.status()).not.toHaveProperty('detail');
  });
});

type Asked = { users?: string; tls?: boolean };

async function start({ users, tls = false }: Asked = {}) {
  const certificates = await createCertificates();
  await certificates.make('nats');
  await certificates.useCert('nats');
  await certificates.useKey('nats');
  const { certFile, keyFile } = certificates.files;
  const options: NatsServerOptions = {
    extraConfig: [
      users === undefined ? '' : `authorization { users: [${users}] }`,
      tls ? `tls { cert_file: "${certFile}", key_file: "${keyFile}" }` : '',
    ].join('\n'),
    probe: {
      ...(users === undefined ? {} : { user: 'relay', pass: /password: "([^"]+)"/.exec(users)?.[1] ?? '' }),
      ...(tls ? { tls: { rejectUnauthorized: false } } : {}),
    },
  };
  const server = await startNatsServer(options);
  onTestFinished(() => server.stop());
  return { url: server.url, folder: join(certFile, '..'), certFile };
}

function joinBus(options: Omit<NatsOptions, 'replicas'>, lines: string[] = []): Bus {
  const bus = createNatsBus(
    { ...options, replicas: 1 },
    {
      clock: systemClock,
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      random: Math.random,
      limits: LIMITS,
      observer: silentObserver,
    },
  );
  onTestFinished(() => bus.close());
  return bus;
}

/** Once it has tried. */
async function whyAway(options: Omit<NatsOptions, 'replicas'>, lines: string[] = []): Promise<string> {
  const bus = joinBus(options, lines);
  return await until(() => {
    const { state, detail } = bus.status();
    expect(state).toBe('away');
    if (detail === undefined || detail === 'not connected to NATS yet') throw new Error('not tried yet');
    return detail;
  });
}
