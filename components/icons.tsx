/** Icons, drawn on a 16 px grid; the button around one carries its name. */
import type { ComponentChildren, JSX } from 'preact';

function Icon({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

export function SettingsIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M2.5 4.5h6M12 4.5h1.500M2.500 11.500h1.500M7.500 11.500h6" />
      <circle cx="10.250" cy="4.500" r="1.750" />
      <circle cx="5.750" cy="11.500" r="1.750" />
    </Icon>
  );
}

export function CloseIcon(): JSX.Element {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}
