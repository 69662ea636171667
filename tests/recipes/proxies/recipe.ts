/** What a recipe is to its tests: a command, and the files it needs in a folder. */
import type { Certificate } from '../certificates.ts';
import type { Command } from '../run-proxy.ts';

type Setup = {
  /** Everything the proxy reads and writes lies here. */
  folder: string;
  /** Of 127.0.0.1. */
  port: number;
  /** What it shows to agents. */
  certificate: Certificate;
};
type PassThroughSetup = Setup & {
  platformPort: number;
  /** The authorities that it is to believe. */
  authorityFile: string;
  platformToken: string;
  /** As `new-agent.sh` prints it. */
  agentLine: string;
};
export type InFrontSetup = Setup & { relayPort: number };
/** `authorityFile`: of the relays' certificates. */
export type BalancerSetup = Setup & { relayPorts: readonly number[]; authorityFile: string };

export type PassThroughRecipe = {
  /** As `new-agent.sh` knows it. */
  name: string;
  /** Where the proxy keeps a copy of its configuration for itself, from the folder on. */
  ownCopy?: string;
  preparePassThrough(setup: PassThroughSetup): Command;
};
export type Recipe = PassThroughRecipe & {
  prepareInFront(setup: InFrontSetup): Command;
};

/** Stands in the recipes where the platform's token goes. */
export const TOKEN_PLACE = 'PASTE-THE-PLATFORM-TOKEN-HERE';
