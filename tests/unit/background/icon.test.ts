import { describe, expect, test, vi } from 'vitest';
import { iconFor } from '../../../entrypoints/background/icon.ts';
import type { TabState } from '../../../entrypoints/background/tab-toggle.ts';
import type { Status } from '../../../utils/messaging/sidebar-port.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string, ...values: unknown[]) => [key, ...values].join(' '),
}));

const up: Status = {
  relay: { name: 'connected', sinceMs: 1, agent: 'Alice' },
  platform: { name: 'up', sinceMs: 1 },
  unread: { count: 0 },
  forgottenCount: 0,
};
const relayAway: Status = { ...up, relay: { name: 'off', sinceMs: 1 } };
const platformUnknown: Status = { ...up, platform: { name: 'unknown', sinceMs: 1 } };

describe('the icon of a tab', () => {
  test.each<[string, TabState | 'off', Status, number, string, string]>([
    ['without the sidebar', 'off', up, 0, '', 'actionTitle'],
    ['without the sidebar, whatever was said', 'off', relayAway, 7, '', 'actionTitle'],
    ['that went to another site', 'left', up, 7, '!', 'actionTitleLeft'],
    ['that lets nobody in', 'refused', up, 7, '!', 'actionTitleBlocked'],
    ['where lines can arrive', 'on', up, 0, 'on', 'actionTitleOn'],
    ['without a relay', 'on', relayAway, 0, '!', 'actionTitleOn'],
    ['whose platform is not known to be up', 'on', platformUnknown, 0, '!', 'actionTitleOn'],
    ['where a keyword was said', 'on', up, 1, '1', 'actionTitleAlert 1'],
    ['where keywords were said before the relay went', 'on', relayAway, 12, '12', 'actionTitleAlert 12'],
    ['where as many were said as fit', 'on', up, 99, '99', 'actionTitleAlert 99'],
    ['where more were said than fit', 'on', up, 100, '99+', 'actionTitleAlert 99+'],
  ])('%s', (_name, state, status, alertCount, text, title) => {
    expect(iconFor(state, status, alertCount)).toMatchObject({ text, title });
  });

  test('asks for a look in another colour than that of lines that arrive', () => {
    const { colour } = iconFor('on', up, 0);
    const others = [
      iconFor('on', relayAway, 0),
      iconFor('on', up, 3),
      iconFor('left', up, 0),
      iconFor('refused', up, 0),
    ];
    for (const other of others) expect(other.colour).not.toBe(colour);
    expect(new Set(others.map((icon) => icon.colour)).size).toBe(1);
  });
});
