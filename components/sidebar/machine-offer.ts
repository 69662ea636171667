/** What the browser's own models can do here, found out once. */
import type { Machines } from '../../utils/browser/machine.ts';

export type MachineOffer = {
  /** In which language a summary can be had, where one can. */
  summaryLanguage: string | undefined;
  translation: boolean;
};

export const noOffer: MachineOffer = { summaryLanguage: undefined, translation: false };

/** Where the agent's own language has no summaries, English ones are better than none. `locale`: BCP 47. */
export async function findOffer(machines: Machines, locale: string): Promise<MachineOffer> {
  const own = languageOf(locale);
  const [ownSummary, englishSummary, translation] = await Promise.all([
    machines.summaryReadiness(own),
    machines.summaryReadiness('en'),
    machines.translationReadiness(own === 'en' ? 'es' : 'en', own),
  ]);
  const english = englishSummary === 'none' ? undefined : 'en';
  return {
    summaryLanguage: ownSummary === 'none' ? english : own,
    translation: translation !== 'none',
  };
}

/** The language of a locale without its region. */
export function languageOf(locale: string): string {
  return new Intl.Locale(locale).language;
}
