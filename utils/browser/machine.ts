/**
 * The browser's own language models, which run on this computer: Summarizer, Translator and LanguageDetector, as the
 * W3C's Web Machine Learning group describes them (github.com/webmachinelearning/writing-assistance-apis and
 * /translation-api). Chrome has them from 138 on, Firefox has none.
 */
import * as v from 'valibot';

/** `download`: the browser has to fetch a model first, once. */
export type Readiness = 'none' | 'download' | 'ready';

export type TextMachine = {
  /** Rejects with an `AbortError` once `signal` is aborted. */
  run(text: string, signal: AbortSignal): Promise<string>;
  /** Lets go of the memory it takes. */
  free(): void;
};

export type OpenOptions = {
  signal: AbortSignal;
  /** The part of the model that is there, from 0 to 1; never called where none has to be fetched. */
  progress(share: number): void;
};

export type Machines = {
  /** Languages are BCP 47 throughout. */
  summaryReadiness(language: string): Promise<Readiness>;
  /** To be called within a click: the browser fetches a model for nobody else. */
  openSummarizer(language: string, options: OpenOptions): Promise<TextMachine>;
  translationReadiness(from: string, to: string): Promise<Readiness>;
  /** To be called within a click. */
  openTranslator(from: string, to: string, options: OpenOptions): Promise<TextMachine>;
  /** Undefined where the browser cannot tell. */
  detectLanguage(text: string): Promise<string | undefined>;
};

const availability = v.picklist(['unavailable', 'downloadable', 'downloading', 'available']);
const detected = v.looseTuple([v.object({ detectedLanguage: v.string(), confidence: v.number() })]);
const progressEvent = v.object({ loaded: v.number() });

/** Below this the detector only guesses. */
const MIN_CONFIDENCE = 0.5;

type Factory = {
  availability(options: object): Promise<unknown>;
  create(options: object): Promise<Record<string, (...values: unknown[]) => unknown>>;
};

/** `scope`: where the browser puts them, such as `globalThis`. */
export function createMachines(scope: object): Machines {
  function factoryOf(name: string): Factory | undefined {
    const found: unknown = Reflect.get(scope, name);
    return isFactory(found) ? found : undefined;
  }

  async function readinessOf(name: string, options: object): Promise<Readiness> {
    try {
      const said = v.parse(availability, await factoryOf(name)?.availability(options));
      if (said === 'unavailable') return 'none';
      return said === 'available' ? 'ready' : 'download';
    } catch {
      // A page whose policy forbids it, and a language the browser does not know.
      return 'none';
    }
  }

  async function open(
    name: string,
    method: string,
    options: object,
    given: OpenOptions,
  ): Promise<TextMachine> {
    const made = await factoryOf(name)?.create({
      ...options,
      signal: given.signal,
      monitor: (monitor: EventTarget) =>
        monitor.addEventListener('downloadprogress', (event) => {
          const progress = v.safeParse(progressEvent, event);
          if (progress.success) given.progress(progress.output.loaded);
        }),
    });
    if (made === undefined) throw new DOMException(`${name} is not there.`, 'NotSupportedError');
    return {
      run: async (text, signal) => v.parse(v.string(), await made[method]?.(text, { signal })),
      free: () => void made['destroy']?.(),
    };
  }

  return {
    summaryReadiness: (language) => readinessOf('Summarizer', summaryOptions(language)),
    openSummarizer: (language, given) => open('Summarizer', 'summarize', summaryOptions(language), given),
    translationReadiness: (from, to) => readinessOf('Translator', translationOptions(from, to)),
    openTranslator: (from, to, given) => open('Translator', 'translate', translationOptions(from, to), given),
    async detectLanguage(text) {
      if ((await readinessOf('LanguageDetector', {})) !== 'ready') return undefined;
      try {
        const detector = await factoryOf('LanguageDetector')?.create({});
        const [best] = v.parse(detected, await detector?.['detect']?.(text));
        detector?.['destroy']?.();
        return best.confidence < MIN_CONFIDENCE ? undefined : best.detectedLanguage;
      } catch {
        return undefined;
      }
    },
  };
}

function isFactory(value: unknown): value is Factory {
  return typeof value === 'function' && 'availability' in value && 'create' in value;
}

function summaryOptions(language: string): object {
  return {
    type: 'key-points',
    format: 'plain-text',
    length: 'medium',
    expectedInputLanguages: [language],
    outputLanguage: language,
  };
}

function translationOptions(sourceLanguage: string, targetLanguage: string): object {
  return { sourceLanguage, targetLanguage };
}
