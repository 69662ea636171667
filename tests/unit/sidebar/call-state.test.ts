import { describe, expect, test, vi } from 'vitest';
import { callLengthMs, callName, callState, partyNumber } from '../../../components/sidebar/call-state.ts';
import type { CallSummary } from '../../../utils/transcript/call.ts';
import { UNIDENTIFIED_CALL } from '../../../utils/transcript/event.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string, ...values: unknown[]) => [key, ...values].join(' '),
}));

const NOW_MS = 1_000_000;

function call(given: Partial<CallSummary> = {}): CallSummary {
  return {
    id: 'c1',
    phase: 'live',
    startedAtMs: NOW_MS - 300_000,
    lastEventAtMs: NOW_MS,
    parties: {},
    entryCount: 0,
    ...given,
  };
}

describe('a call', () => {
  test.each<[string, Partial<CallSummary>, string]>([
    ['in which nothing was said yet', {}, 'live'],
    ['in which something was just said', { lastLineAtMs: NOW_MS }, 'live'],
    ['silent for less than a minute', { lastLineAtMs: NOW_MS - 59_999 }, 'live'],
    ['silent for a minute', { lastLineAtMs: NOW_MS - 60_000 }, 'silent'],
    ['whose last line is of the future, as clocks differ', { lastLineAtMs: NOW_MS + 5_000 }, 'live'],
    ['that ended', { phase: 'ended', lastLineAtMs: NOW_MS }, 'ended'],
    ['that ended long after its last line', { phase: 'ended', lastLineAtMs: 1 }, 'ended'],
  ])('%s', (_name, given, state) => {
    expect(callState(call(given), NOW_MS)).toBe(state);
  });

  test.each<[string, Partial<CallSummary>, number]>([
    ['so far', {}, 300_000],
    ['in all', { phase: 'ended', endedAtMs: NOW_MS - 100_000 }, 200_000],
    ['in all, though it goes on being looked at', { phase: 'ended', endedAtMs: NOW_MS - 300_000 }, 0],
  ])('has taken %s', (_name, given, expected) => {
    expect(callLengthMs(call(given), NOW_MS)).toBe(expected);
  });
});

describe('the other side’s number', () => {
  const [caller, callee] = ['+12025550147', '2001'];
  test.each<[CallSummary['parties'], string | undefined]>([
    [{ caller, callee }, caller],
    [{ caller, callee, direction: 'inbound' }, caller],
    [{ caller, callee, direction: 'outbound' }, callee],
    [{ callee }, callee],
    [{ callee, direction: 'inbound' }, callee],
    [{ caller, direction: 'outbound' }, caller],
    [{ customer: 'Laura' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (parties, expected) => {
    expect(partyNumber(parties)).toBe(expected);
  });
});

describe('the name of a call', () => {
  test.each<[string, Partial<CallSummary>, string]>([
    ['the customer', { parties: { customer: 'Laura', caller: '2002' } }, 'Laura'],
    ['else the number', { parties: { caller: '2002', callee: '2001' } }, '2002'],
    ['else its id', { id: 'x-7' }, 'callUnnamed x-7'],
    ['else that nothing is known', { id: UNIDENTIFIED_CALL }, 'callUnidentified'],
    ['a number that is known after all', { id: UNIDENTIFIED_CALL, parties: { callee: '2001' } }, '2001'],
  ])('is %s', (_name, given, expected) => {
    expect(callName(call(given))).toBe(expected);
  });
});
