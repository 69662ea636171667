/** The sidebar: header, call, transcript, and what is said at its foot. */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { FromSidebar, Status } from '../../utils/messaging/sidebar-port.ts';
import type { Gap } from '../../utils/transcript/call.ts';
import { formatLine } from '../../utils/transcript/format-line.ts';
import { CallStrip } from './call-strip.tsx';
import { copyText } from './copy-text.ts';
import { gapWords } from './gap-words.ts';
import { Header } from './header.tsx';
import { type CallModel, ENTRIES_A_CHUNK, type SidebarModel } from './model.ts';
import { ForgottenNotice, ProblemBanner, UnreadNotice } from './notices.tsx';
import { speakerLabel } from './speaker-label.ts';
import { Transcript } from './transcript.tsx';

type AppProps = {
  model: SidebarModel;
  /** The time of day, once a second. */
  now: ReadonlySignal<number>;
  say(message: FromSidebar): void;
};

const CONFIRMATION_MS = 1_600;

export function App({ model, now, say }: AppProps): JSX.Element {
  const confirmation = useSignal<{ text: string; failed: boolean } | undefined>(undefined);
  const said = confirmation.value;
  const status = model.status.value;
  const call = model.shown.value;

  function copyLine(shown: CallModel, index: number, element: HTMLElement): void {
    const chunk = shown.chunks.peek().find(({ number }) => number === Math.floor(index / ENTRIES_A_CHUNK));
    const line = chunk?.entries.peek().find((entry) => entry.index === index);
    if (line?.kind !== 'line') return;
    const copied = copyText(document, formatLine(line, speakerLabel(line), shown.summary.peek().startedAtMs));
    const result = { text: words(copied ? 'copied' : 'copyFailed'), failed: !copied };
    confirmation.value = result;
    if (copied) flash(element);
    setTimeout(
      () => {
        if (confirmation.peek() === result) confirmation.value = undefined;
      },
      CONFIRMATION_MS * (copied ? 1 : 4),
    );
  }

  return (
    <div
      class="app"
      data-connection={status?.relay.name ?? 'connecting'}
      data-platform={status?.platform.name}
    >
      <Header model={model} now={now} say={say} />
      {model.ended.value ? (
        <div class="banner bad" role="alert" data-problem="problemExtensionGone">
          {words('problemExtensionGone')}
        </div>
      ) : null}
      {status === undefined || isFirstUse(status) ? null : (
        <ProblemBanner status={status} now={now} say={say} />
      )}
      {call === undefined ? (
        <EmptyState status={status} say={say} />
      ) : (
        <>
          <CallStrip model={model} shown={call} now={now} />
          <Transcript
            key={call.summary.peek().id}
            call={call}
            copyLine={(index, element) => copyLine(call, index, element)}
          />
        </>
      )}
      <footer class="foot">
        {status === undefined ? null : <UnreadNotice unread={status.unread} />}
        {status === undefined ? null : <ForgottenNotice count={status.forgottenCount} />}
        <p class="said" role="status" data-copied={said?.failed === false}>
          {said === undefined ? (
            <span class="hint">{call === undefined ? '' : words('copyHint')}</span>
          ) : (
            <span class={said.failed ? 'failed' : 'done'}>{said.text}</span>
          )}
        </p>
      </footer>
    </div>
  );
}

function EmptyState({ status, say }: { status: Status | undefined; say: AppProps['say'] }): JSX.Element {
  const relay = status?.relay;
  switch (relay?.name) {
    case 'connected':
      return (
        <main class="empty" data-empty="listening">
          <h1>{words('emptyListening')}</h1>
          <p>{words('emptyListeningHint')}</p>
          <LastGap gap={status?.lastGap} />
        </main>
      );
    case 'stopped':
      return (
        <main class="empty" data-empty="stopped">
          <h1>{words('emptyNotSet')}</h1>
          {relay.reason === 'relay-not-set' ? <p>{words('problemRelayNotSet')}</p> : null}
          <button class="primary" type="button" onClick={() => say({ type: 'open-options' })}>
            {words('openOptions')}
          </button>
        </main>
      );
    default:
      return (
        <main class="empty" data-empty="connecting">
          <h1>{words('emptyConnecting')}</h1>
        </main>
      );
  }
}

/** Nothing is wrong yet where nothing was set: the empty state teaches instead. */
function isFirstUse({ relay }: Status): boolean {
  return relay.name === 'stopped' && relay.reason === 'relay-not-set';
}

function LastGap({ gap }: { gap: Gap | undefined }): JSX.Element | null {
  if (gap === undefined) return null;
  return (
    <p class="gap" data-gap={gap.reason}>
      {gapWords(gap)}
    </p>
  );
}

function flash(element: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ opacity: 0.4 }, { opacity: 1 }], { duration: 250, easing: 'ease-out' });
}
