import { describe, expect, test, vi } from 'vitest';
import { createMachineWork, type MachineTask } from '../../../components/sidebar/machine-work.ts';
import type { Machines, OpenOptions, TextMachine } from '../../../utils/browser/machine.ts';

const summary: MachineTask = { kind: 'summary', language: 'en' };
const translation: MachineTask = { kind: 'translation', from: 'en', to: 'de' };

function setUp(run: (text: string, signal: AbortSignal) => Promise<string>, part: Partial<Machines> = {}) {
  const free = vi.fn();
  const machine: TextMachine = { run, free };
  const machines: Machines = {
    summaryReadiness: async () => 'ready',
    openSummarizer: async () => machine,
    translationReadiness: async () => 'download',
    openTranslator: async () => machine,
    detectLanguage: async () => undefined,
    ...part,
  };
  return { work: createMachineWork(machines), free };
}

describe('the work of a model', () => {
  test('asks first, says whether something is to be downloaded, and does nothing by itself', async () => {
    const run = vi.fn(async () => '');
    const { work } = setUp(run);
    await work.prepare(translation);
    expect(work.state.value).toEqual({ name: 'asks', task: translation, readiness: 'download' });
    expect(run).not.toHaveBeenCalled();
  });

  test('ends with what was made, and lets the model go', async () => {
    const { work, free } = setUp(async (text) => ` ${text.toUpperCase()} `);
    await work.prepare(translation);
    await work.start('hello');
    expect(work.state.value).toEqual({ name: 'done', task: translation, text: 'HELLO' });
    expect(free).toHaveBeenCalledOnce();
  });

  test('a long translation is made in parts, and joined in order', async () => {
    const { work } = setUp(async (text) => text.toUpperCase());
    const text = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n');
    await work.prepare(translation);
    await work.start(text);
    expect(work.state.value).toMatchObject({ name: 'done', text: text.toUpperCase() });
  });

  test('the summaries of a long call are summarised until there is one', async () => {
    const seen: number[] = [];
    const { work } = setUp(async (text) => {
      seen.push(text.length);
      return text.slice(0, 1_000);
    });
    await work.prepare(summary);
    await work.start('word '.repeat(10_000));
    expect(work.state.value).toMatchObject({ name: 'done', text: expect.stringMatching(/^word/) });
    expect(Math.max(...seen)).toBeLessThanOrEqual(4_000);
    expect(seen.length).toBeGreaterThan(13);
  });

  test('summaries that get no shorter end all the same', async () => {
    const { work } = setUp(async (text) => `${text} and more`);
    await work.prepare(summary);
    await work.start('word '.repeat(2_000));
    expect(work.state.value.name).toBe('done');
  });

  test('shows how much of the model is there', async () => {
    const shares: unknown[] = [];
    const { work } = setUp(async () => 'x', {
      openTranslator: async (_from, _to, { progress }: OpenOptions) => {
        progress(0.5);
        shares.push(work.state.value);
        return { run: async () => 'x', free() {} };
      },
    });
    await work.prepare(translation);
    await work.start('hello');
    expect(shares).toEqual([{ name: 'loading', task: translation, share: 0.5 }]);
  });

  test('is stopped at once, and nothing of it comes later', async () => {
    let finish = (_text: string): void => {};
    const signals: AbortSignal[] = [];
    const { work, free } = setUp((_text, signal) => {
      signals.push(signal);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    await work.prepare(summary);
    const done = work.start('hello');
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    work.stop();
    expect(signals[0]?.aborted).toBe(true);
    expect(work.state.value).toEqual({ name: 'closed' });
    finish('late');
    await done;
    expect(work.state.value).toEqual({ name: 'closed' });
    expect(free).toHaveBeenCalledOnce();
  });

  test('an answer about an older choice is not heard', async () => {
    const answers: ((readiness: 'ready' | 'none') => void)[] = [];
    const { work } = setUp(async () => '', {
      translationReadiness: () => new Promise((resolve) => answers.push(resolve)),
    });
    const first = work.prepare(translation);
    const other: MachineTask = { ...translation, to: 'fr' };
    const second = work.prepare(other);
    answers[1]?.('ready');
    answers[0]?.('none');
    await Promise.all([first, second]);
    expect(work.state.value).toEqual({ name: 'asks', task: other, readiness: 'ready' });
  });

  test.each([
    ['NotSupportedError', 'unavailable'],
    ['NotAllowedError', 'not-allowed'],
    ['QuotaExceededError', 'no-room'],
    ['NetworkError', 'network'],
    ['OperationError', 'failed'],
  ])('%s is told as %s, and can be tried again', async (name, reason) => {
    const { work } = setUp(() => Promise.reject(new DOMException('no', name)));
    await work.prepare(summary);
    await work.start('hello');
    expect(work.state.value).toEqual({ name: 'failed', task: summary, reason });
    await work.prepare(summary);
    expect(work.state.value.name).toBe('asks');
  });
});
