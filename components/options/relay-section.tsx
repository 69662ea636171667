/** The relays an agent may hear: one is a plain form, several are a list with one of them open. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { relayTitle } from '../../utils/settings/relay-title.ts';
import { MAX_RELAYS } from '../../utils/settings/settings.ts';
import { LockedNote } from './locked.tsx';
import { useOptions } from './options-desk.ts';
import { RelayForm } from './relay-form.tsx';
import { createRelayList } from './relay-list.ts';
import { RelayRow } from './relay-row.tsx';
import { RelaySaved } from './relay-saved.tsx';
import { RemovedRow } from './removed-row.tsx';

export function RelaysSection(): JSX.Element {
  const { settings, held, policy, createRun } = useOptions();
  const list = useMemo(() => createRelayList({ settings, held, createId: () => crypto.randomUUID() }), []);
  const run = useMemo(createRun, []);
  /** Until then the tokens are not known, and typing would replace them. */
  const isRead = useSignal(false);
  useEffect(() => {
    void list.refresh().then(() => {
      isRead.value = true;
    });
  }, [held.value]);
  useEffect(() => run.clear, []);

  const rows = list.rows.value;
  const isFixed = isLocked(policy.value, 'relays');
  const isAlone = rows.length === 1 && rows[0]?.isRemoved === false;
  return (
    <section aria-labelledby="connection-title">
      <h2 id="connection-title">{words('optionsRelays')}</h2>
      <p class="intro">{words('relaysIntro')}</p>
      {isRead.value ? (
        <div class="card relays" data-relays={rows.length}>
          <LockedNote policy={policy.value} of="relays" />
          {isAlone && rows[0] !== undefined ? (
            <RelayForm relay={rows[0].item} list={list} run={run} isFixed={isFixed} isAlone />
          ) : (
            <ul class="rows" aria-label={words('optionsRelays')}>
              {rows.map(({ item, isRemoved }) => (
                <li key={item.id} data-relay={item.id}>
                  {isRemoved ? (
                    <RemovedRow
                      id={item.id}
                      title={relayTitle(item) || words('relayUnnamed')}
                      restore={() => void list.restore(item.id)}
                      forget={() => list.forget(item.id)}
                    />
                  ) : (
                    <RelayRow relay={item} list={list} run={run} isFixed={isFixed} />
                  )}
                </li>
              ))}
            </ul>
          )}
          <div class="add">
            {isFixed ? null : (
              <button
                id="add-relay"
                class="secondary"
                type="button"
                disabled={list.isFull.value}
                onClick={() => list.add()}
              >
                {words('relayAdd')}
              </button>
            )}
            <RelaySaved saving={list.saving.value} />
            <p class="hint" role="status">
              {list.isFull.value && !isFixed ? words('relayFull', MAX_RELAYS) : ''}
            </p>
          </div>
        </div>
      ) : null}
    </section>
  );
}
