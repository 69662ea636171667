/** The menu: where the sidebar is, how it looks and reads. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import { MenuIcon } from '../icons.tsx';
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
        label={words('showIn')}
        value={surface}
        options={[
          { value: 'overlay', label: words('showInPage') },
          { value: 'panel', label: words('showInPanel') },
          { value: 'window', label: words('showInWindow') },
        ]}
        choose={(to) => {
          close();
          if (to !== surface) move(to);
        }}
      />
      {surface === 'overlay' ? (
        <>
          <MenuChoice
            label={words('side')}
            value={side}
            options={[
              { value: 'left', label: words('sideLeft') },
              { value: 'right', label: words('sideRight') },
            ]}
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
        label={words('times')}
        value={times}
        options={[
          { value: 'relative', label: words('timesRelative') },
          { value: 'clock', label: words('timesClock') },
        ]}
        choose={(next) => prefer({ times: next })}
      />
      <MenuChoice
        label={words('theme')}
        value={theme}
        options={[
          { value: 'system', label: words('themeSystem') },
          { value: 'light', label: words('themeLight') },
          { value: 'dark', label: words('themeDark') },
        ]}
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
