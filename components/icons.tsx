/** Icons, drawn on a 16 px grid; the button around one carries its name. */
import type { ComponentChildren, JSX } from 'preact';

function Icon({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

export function SearchIcon(): JSX.Element {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4.200" />
      <path d="m10.400 10.400 3 3" />
    </Icon>
  );
}

export function MenuIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M3 4.500h10M3 8h10M3 11.500h10" />
    </Icon>
  );
}

export function CollapseIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M3.500 12.500h9" />
    </Icon>
  );
}

export function UpIcon(): JSX.Element {
  return (
    <Icon>
      <path d="m4 10 4-4 4 4" />
    </Icon>
  );
}

export function DownIcon(): JSX.Element {
  return (
    <Icon>
      <path d="m4 6 4 4 4-4" />
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
