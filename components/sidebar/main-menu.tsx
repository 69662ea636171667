/** The menu: where the sidebar is, how it looks and reads, and what can be made of the call. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import { htmlPreformatted } from '../../utils/transcript/formats/html-text.ts';
import { MenuIcon } from '../icons.tsx';
import { sideChoices, themeChoices, timesChoices } from '../reading-choices.ts';
import { heldBy } from '../set-by.ts';
import { isWhole } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { useDesk } from './context.ts';
import { copiedNotice } from './copied-notice.ts';
import { copyText } from './copy-text.ts';
import { exportCall } from './export-call.ts';
import { ExportRow } from './export-row.tsx';
import { MachineItems, type MachineTools, useMachineTools } from './machine-tools.tsx';
import { MenuAction, MenuButton, MenuChoice, MenuSwitch } from './menu.tsx';
import { RelayChoice } from './relay-choice.tsx';
import { saveFile } from './save-file.ts';
import type { SidebarState } from './sidebar-state.ts';
import { SiteSwitch } from './site-switch.tsx';
import type { WriteOut } from './write-out.ts';

type MainMenuProps = {
  state: SidebarState;
  writeOut: WriteOut;
  move(to: Surface): void;
  playDemo: (() => void) | undefined;
};

export function MainMenu(props: MainMenuProps): JSX.Element {
  const tools = useMachineTools(props.state);
  return (
    <>
      <MenuButton
        class="icon"
        label={words('menu')}
        face={<MenuIcon />}
        content={(close) => <MenuContent {...props} tools={tools} close={close} />}
      />
      {tools.dialog}
    </>
  );
}

type MenuContentProps = MainMenuProps & { tools: MachineTools; close(): void };

function MenuContent({ state, writeOut, move, playDemo, tools, close }: MenuContentProps): JSX.Element {
  const { preferences, prefer, policy, surface, say } = useDesk();
  const call = state.shown.value;
  const { side, room, times, theme, announce } = preferences.value;
  return (
    <>
      <MenuChoice
        label="showIn"
        value={surface}
        options={[
          { value: 'overlay', label: 'showInPage' },
          { value: 'panel', label: 'showInPanel' },
          { value: 'window', label: 'showInWindow' },
        ]}
        choose={(to) => {
          close();
          if (to !== surface) move(to);
        }}
      />
      {surface === 'overlay' ? (
        <>
          <MenuChoice
            label="side"
            value={side}
            heldBy={heldBy(policy.value, 'side')}
            options={sideChoices}
            choose={(next) => prefer({ side: next })}
          />
          <MenuSwitch
            label={words('roomPush')}
            checked={room === 'push'}
            heldBy={heldBy(policy.value, 'room')}
            run={() => prefer({ room: room === 'push' ? 'over' : 'push' })}
          />
        </>
      ) : null}
      <RelayChoice {...state.model.value.relays.value} close={close} />
      <SiteSwitch site={state.model.value.site.value} close={close} />
      <hr />
      <MenuChoice
        label="times"
        value={times}
        heldBy={heldBy(policy.value, 'times')}
        options={timesChoices}
        choose={(next) => prefer({ times: next })}
      />
      <MenuChoice
        label="theme"
        value={theme}
        heldBy={heldBy(policy.value, 'theme')}
        options={themeChoices}
        choose={(next) => prefer({ theme: next })}
      />
      <MenuSwitch
        label={words('announce')}
        checked={announce}
        heldBy={heldBy(policy.value, 'announce')}
        run={() => prefer({ announce: !announce })}
      />
      <hr />
      {call === undefined ? null : (
        <>
          <SaveCall state={state} writeOut={writeOut} call={call} close={close} />
          <MachineItems tools={tools} call={call} close={close} />
          <hr />
        </>
      )}
      {playDemo === undefined ? null : (
        <MenuAction
          label={words('demoPlay')}
          run={() => {
            close();
            playDemo();
          }}
        />
      )}
      <MenuAction
        label={words('openOptions')}
        run={() => {
          close();
          say({ type: 'open-options' });
        }}
      />
      <MenuAction
        label={words('helpOpen')}
        run={() => {
          close();
          say({ type: 'open-help', topic: 'guide' });
        }}
      />
    </>
  );
}

type SaveCallProps = Pick<MainMenuProps, 'state' | 'writeOut'> & { call: CallModel; close(): void };

function SaveCall({ state, writeOut, call, close }: SaveCallProps): JSX.Element {
  return (
    <ExportRow
      waits={!isWhole(call)}
      save={(formatId) => {
        close();
        const file = exportCall(call, formatId, writeOut);
        saveFile({ document, setTimer: (run, ms) => setTimeout(run, ms) }, file);
        state.notify({
          text: words('exportSaved', file.name),
          tone: 'done',
          action: { label: words('exportCopy'), run: () => copyInstead(state, file.text) },
        });
      }}
    />
  );
}

/** For a page whose policy lets its frames save nothing. */
function copyInstead({ notify }: SidebarState, text: string): void {
  notify(copiedNotice(copyText(document, { text, html: htmlPreformatted(text) }), words('copied')));
}
