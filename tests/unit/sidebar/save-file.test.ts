import { describe, expect, test } from 'vitest';
import { fileName } from '../../../components/sidebar/save-file.ts';

const startedAtMs = Date.UTC(2026, 0, 15, 9, 5);

function named(party: string): string {
  return fileName({ party, startedAtMs }, 'txt', 'UTC');
}

describe('the name of a saved call', () => {
  test.each([
    ['a number', '+12025550143', 'call-+12025550143-2026-01-15-0905.txt'],
    ['a number with signs', '(202) 555-0143', 'call-202-555-0143-2026-01-15-0905.txt'],
    ['a path', '../../etc/passwd', 'call-etc-passwd-2026-01-15-0905.txt'],
    ['signs Windows refuses', 'a<b>:"c"|d?*', 'call-a-b-c-d-2026-01-15-0905.txt'],
    ['a device of Windows', 'CON', 'call-CON-2026-01-15-0905.txt'],
    ['other letters', 'مكالمة', 'call-2026-01-15-0905.txt'],
    ['nothing', '', 'call-2026-01-15-0905.txt'],
    ['direction marks', '\u202Egnp.exe', 'call-gnp-exe-2026-01-15-0905.txt'],
  ])('by %s', (_name, party, expected) => {
    expect(named(party)).toBe(expected);
  });

  test('is short, however long the name of the call', () => {
    expect(named('9'.repeat(5_000)).length).toBeLessThan(80);
  });

  test('has the time of day where the agent is', () => {
    expect(fileName({ party: '1', startedAtMs }, 'vtt', 'Asia/Tokyo')).toBe('call-1-2026-01-15-1805.vtt');
  });
});
