/** A short call to show a format by: its words look like markup, so that it is seen that none of them is. */
import { words } from '../../utils/browser/runtime.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { Excerpt, Format } from '../../utils/transcript/formats/format.ts';
import { labelsOf } from '../sidebar/speaker-label.ts';

const STARTED_AT_MS = Date.UTC(2026, 0, 15, 9, 30);
const ENDED_AT_MS = STARTED_AT_MS + 4 * 60_000;

export type ExampleOptions = Pick<Preferences, 'copyTimes' | 'noteHeader' | 'labels'>;

/** The text of the example in a format; `locale`: BCP 47. */
export function writeExample(format: Format, options: ExampleOptions, locale: string): string {
  return format.write(exampleCall(options.labels), {
    times: options.copyTimes,
    header: options.noteHeader,
    locale,
    nowMs: ENDED_AT_MS,
  }).text;
}

function exampleCall(labels: Preferences['labels']): Excerpt {
  const { caller, callee } = labelsOf('inbound', labels);
  return {
    call: {
      id: '1768469400.17',
      // Numbers that the plan of North America keeps for fiction.
      caller: '+12025550143',
      callee: '+12025550199',
      customer: 'Harper & Sons',
      startedAtMs: STARTED_AT_MS,
      endedAtMs: ENDED_AT_MS,
    },
    ticket: '#1042',
    parts: [
      {
        kind: 'line',
        atMs: STARTED_AT_MS + 12_000,
        leg: 'caller',
        speaker: caller,
        text: words('copyExampleCaller'),
      },
      {
        kind: 'line',
        atMs: STARTED_AT_MS + 17_000,
        leg: 'callee',
        speaker: callee,
        text: words('copyExampleAgent'),
      },
    ],
  };
}
