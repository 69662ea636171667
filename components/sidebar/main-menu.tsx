/** The menu: where the sidebar is, how it looks and reads. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import { MenuIcon } from '../icons.tsx';
import { sideChoices, themeChoices, timesChoices } from '../reading-choices.ts';
import { useDesk } from './context.ts';
import { MenuAction, MenuButton, MenuChoice, MenuSwitch } from './menu.tsx';

type MainMenuProps = {
  move(to: Surface): void;
  playDemo: (() => void) | undefined;
};

export function MainMenu(props: MainMenuProps): JSX.Element {
  return (
    <MenuButton
      class="icon"
      label={words('menu')}
      face={<MenuIcon />}
      content={(close) => <MenuContent {...props} close={close} />}
    />
  );
}

function MenuContent({ move, playDemo, close }: MainMenuProps & { close(): void }): JSX.Element {
  const { preferences, prefer, surface, say } = useDesk();
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
            options={sideChoices}
            choose={(next) => prefer({ side: next })}
          />
          <MenuSwitch
            label={words('roomPush')}
            checked={room === 'push'}
            run={() => prefer({ room: room === 'push' ? 'over' : 'push' })}
          />
        </>
      ) : null}
      <hr />
      <MenuChoice
        label="times"
        value={times}
        options={timesChoices}
        choose={(next) => prefer({ times: next })}
      />
      <MenuChoice
        label="theme"
        value={theme}
        options={themeChoices}
        choose={(next) => prefer({ theme: next })}
      />
      <MenuSwitch label={words('announce')} checked={announce} run={() => prefer({ announce: !announce })} />
      <hr />
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
    </>
  );
}
