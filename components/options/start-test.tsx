/** The third step: the connection is tested as soon as there is one. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { hopNames } from '../../utils/connection/hops.ts';
import { findRelay } from '../../utils/settings/settings.ts';
import { HopList } from './hop-list.tsx';
import { useOptions } from './options-desk.ts';
import { StartStep } from './start-step.tsx';

export function StartTest(): JSX.Element {
  const { settings, held, start, createRun } = useOptions();
  const run = useMemo(createRun, []);
  const last = useRef('');
  useEffect(() => run.clear, []);

  async function test(isAsked: boolean): Promise<void> {
    const relay = findRelay(held.peek());
    if (relay === undefined) return run.clear();
    const { address, plain, fieldMap } = relay;
    const token = await settings.tokenOf(relay).catch(() => '');
    const asked = JSON.stringify([address, token, plain]);
    if (asked === last.current && !isAsked) return;
    last.current = asked;
    await run.start({ address, token, plain, fieldMap });
    if (run.target.peek()?.address !== address || run.isRunning.peek()) return;
    const states = hopNames.map((hop) => run.states.peek()[hop].state);
    const holds = states.every((state) => state === 'good' || state === 'unknown');
    if (holds) start.mark({ tested: address });
    else if (start.record.peek().tested === address) start.mark({ tested: '' });
  }

  useSignalEffect(() => {
    if (held.value) void test(false);
  });

  const relay = findRelay(held.value);
  const isDone = relay !== undefined && start.record.value.tested === relay.address;
  return (
    <StartStep id="test" number={3} title="startTest" done={isDone ? words('startTestDone') : undefined}>
      {relay === undefined || run.target.value === undefined ? (
        <p class="hint">{words('startTestHint')}</p>
      ) : (
        <>
          <HopList states={run.states.value} />
          <button
            class="secondary"
            id="test-again"
            type="button"
            disabled={run.isRunning.value}
            onClick={() => void test(true)}
          >
            {words('startTestAgain')}
          </button>
        </>
      )}
    </StartStep>
  );
}
