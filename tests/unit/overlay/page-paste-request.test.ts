import { expect, test, vi } from 'vitest';
import { createPagePasteRequest } from '../../../entrypoints/overlay.content/page-paste-request.ts';

function setUp() {
  const timers: (() => void)[] = [];
  const post = vi.fn();
  const paste = createPagePasteRequest({ post, setTimer: (run) => timers.push(run) });
  return { paste, post, runTimers: () => timers.forEach((run) => void run()) };
}

test('asks for the paste, and gives the answer to who asked', async () => {
  const { paste, post, runTimers } = setUp();
  const [one, other] = [paste.ask('1', 'a'), paste.ask('2', 'b')];
  expect(post.mock.calls).toEqual([
    [{ type: 'paste-in-page', request: '1', text: 'a' }],
    [{ type: 'paste-in-page', request: '2', text: 'b' }],
  ]);
  paste.answered('2', true);
  paste.answered('3', true);
  paste.answered('1', false);
  runTimers();
  expect(await one).toBe(false);
  expect(await other).toBe(true);
});

test('takes no answer for a no, and an answer that comes later for none', async () => {
  const { paste, runTimers } = setUp();
  const asked = paste.ask('1', 'a');
  runTimers();
  paste.answered('1', true);
  expect(await asked).toBe(false);
});
