import { describe, expect, test } from 'vitest';
import { findOffer, noOffer } from '../../../components/sidebar/machine-offer.ts';
import { createMachines, type Readiness } from '../../../utils/browser/machine.ts';

/** A browser whose Summarizer knows these languages. */
function scopeWith(languages: readonly string[], state = 'available') {
  const Summarizer = Object.assign(() => {}, {
    availability: async ({ outputLanguage }: { outputLanguage: string }) =>
      languages.includes(outputLanguage) ? state : 'unavailable',
    create: async () => ({ summarize: async (text: string) => `short ${text}`, destroy() {} }),
  });
  return { Summarizer };
}

describe('what is offered', () => {
  test.each<[name: string, scope: object, locale: string, language: string | undefined]>([
    ['nothing where the browser has no models', {}, 'en-US', undefined],
    [
      'nothing where what stands there is something else',
      { Summarizer: 'me', Translator: {} },
      'en',
      undefined,
    ],
    ['a summary in the own language', scopeWith(['en', 'de']), 'de-AT', 'de'],
    ['one in English where there is none in the own', scopeWith(['en']), 'ar', 'en'],
    ['none where the browser has none of both', scopeWith(['ja']), 'ar', undefined],
    ['none where its answer cannot be read', scopeWith(['en'], 'perhaps'), 'en', undefined],
  ])('%s', async (_name, scope, locale, summaryLanguage) => {
    expect(await findOffer(createMachines(scope), locale)).toEqual({ ...noOffer, summaryLanguage });
  });
});

describe('a model of the browser', () => {
  test.each<[state: string, readiness: Readiness]>([
    ['available', 'ready'],
    ['downloadable', 'download'],
    ['downloading', 'download'],
    ['unavailable', 'none'],
  ])('that is %s', async (state, readiness) => {
    expect(await createMachines(scopeWith(['en'], state)).summaryReadiness('en')).toBe(readiness);
  });

  test('is used by its own method', async () => {
    const given = { signal: new AbortController().signal, progress() {} };
    const machine = await createMachines(scopeWith(['en'])).openSummarizer('en', given);
    expect(await machine.run('text', given.signal)).toBe('short text');
  });

  test('that is not there is refused by name', async () => {
    const given = { signal: new AbortController().signal, progress() {} };
    await expect(createMachines({}).openTranslator('en', 'de', given)).rejects.toMatchObject({
      name: 'NotSupportedError',
    });
  });
});
