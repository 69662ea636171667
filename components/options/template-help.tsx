/** What can stand in a format of one's own. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

const placeholders: readonly { sign: string; meaning: MessageKey }[] = [
  { sign: '{text}', meaning: 'placeholderText' },
  { sign: '{speaker}', meaning: 'placeholderSpeaker' },
  { sign: '{time}', meaning: 'placeholderTime' },
  { sign: '{clock}', meaning: 'placeholderClock' },
  { sign: '{date}', meaning: 'placeholderDate' },
  { sign: '{duration}', meaning: 'placeholderDuration' },
  { sign: '{customer}', meaning: 'placeholderCustomer' },
  { sign: '{caller}', meaning: 'placeholderCaller' },
  { sign: '{callee}', meaning: 'placeholderCallee' },
  { sign: '{ticket}', meaning: 'placeholderTicket' },
  { sign: '{callId}', meaning: 'placeholderCallId' },
  { sign: '{{ }}', meaning: 'placeholderBraces' },
];

export function TemplateHelp({ isOpen }: { isOpen: boolean }): JSX.Element {
  return (
    <details class="help" open={isOpen}>
      <summary>{words('templatesHelp')}</summary>
      <dl>
        {placeholders.map(({ sign, meaning }) => (
          <div key={sign}>
            <dt>
              <bdi dir="ltr">{sign}</bdi>
            </dt>
            <dd>{words(meaning)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
