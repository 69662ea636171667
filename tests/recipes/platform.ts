/** The simulator behind TLS, as the platform is: it sees what a proxy asks, and can be away for a while. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import type { Certificate } from './certificates.ts';

export type Platform = {
  simulator: Simulator;
  port: number;
  /** The first bytes of each connection: a request's line and headers, as they came. */
  heads(): readonly string[];
  /** The host that each handshake named. */
  names(): readonly string[];
  /** Cuts every connection; nobody listens any more. */
  goAway(): Promise<void>;
  /** Listens on the same port again. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
};

/** The number of the script in the recipes. */
const SCRIPT = '10141';

export async function startPlatform(token: string, certificate: Certificate): Promise<Platform> {
  const simulator = await startSimulator({ port: 0, script: SCRIPT, token });
  const heads: string[] = [];
  const names: string[] = [];
  const sockets = new Set<Socket>();

  const server = createServer(
    {
      cert: readFileSync(certificate.certFile),
      key: readFileSync(certificate.keyFile),
      // Preferred where it is offered, as a public server does: a proxy that offers HTTP/2 gets no upgrade.
      ALPNProtocols: ['h2', 'http/1.1'],
      SNICallback(name, useContext) {
        names.push(name);
        useContext(null);
      },
    },
    passOn,
  );
  // A proxy that does not trust the certificate ends the handshake.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('connection', keep);

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  }

  function passOn(client: TLSSocket): void {
    client.once('data', (chunk: Buffer) => heads.push(chunk.toString('latin1')));
    const inner = connect(simulator.port, '127.0.0.1');
    keep(inner);
    client.on('error', () => inner.destroy());
    client.on('close', () => inner.destroy());
    inner.on('close', () => client.destroy());
    client.pipe(inner).pipe(client);
  }

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function goAway(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(0);
  return {
    simulator,
    port,
    heads: () => heads,
    names: () => names,
    goAway,
    comeBack: async () => void (await listen(port)),
    async stop() {
      if (server.listening) await goAway();
      await simulator.stop();
    },
  };
}
