/** Everything behind the browser, in one process: the simulated platform, the relay, and a CRM to work in. */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { hashToken } from '../../relay/access/authenticate.ts';
import { type RunningRelay, startRelay } from '../../relay/run-relay.ts';
import { startCrm } from '../crm-server.ts';
import { relayConfig } from '../relay-config.ts';
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts';

export type Stack = {
  simulator: Simulator;
  relay: RunningRelay;
  agentToken: string;
  ticketUrl: string;
  otherUrl: string;
  stop(): Promise<void>;
};

const SCRIPT_ID = '10141';

/** Starts all three on free ports of this machine; the relay's log goes to `log`, a file descriptor or a path. */
export async function startStack(log: string | number): Promise<Stack> {
  const platformToken = randomBytes(16).toString('hex');
  const agentToken = randomBytes(16).toString('hex');
  const simulator = await startSimulator({ port: 0, script: SCRIPT_ID, token: platformToken });
  const relay = await startRelay(
    relayConfig(
      {
        upstream: { url: simulator.url },
        agents: [{ name: 'Demo agent', tokenSha256: hashToken(agentToken), calls: 'all' }],
      },
      { EARSHOT_PLATFORM_TOKEN: platformToken },
    ),
    { log: pino({ level: 'info' }, pino.destination({ dest: log, sync: true })) },
  );
  const crm = await startCrm({ port: 0 });
  return {
    simulator,
    relay,
    agentToken,
    ticketUrl: `${crm.url}/tickets/1042`,
    otherUrl: `${crm.url}/tickets/1043`,
    async stop() {
      await relay.stop();
      await simulator.stop();
      await crm.stop();
    },
  };
}
