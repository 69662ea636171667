#!/usr/bin/env node
/** `npx earshot-relay`: what the package starts. Everything else is imported only where Node is new enough for it. */
import { refuseNode } from './node-version.ts';

const EXIT_USAGE = 2;

const refusal = refuseNode(process.versions.node);
if (refusal === undefined) {
  await import('../main.ts');
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = EXIT_USAGE;
}
