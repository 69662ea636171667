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

export function CopyIcon(): JSX.Element {
  return (
    <Icon>
      <rect x="5.500" y="5.500" width="7.500" height="7.500" rx="1.500" />
      <path d="M10.500 3H4.500A1.500 1.500 0 0 0 3 4.500v6" />
    </Icon>
  );
}

export function PinIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M5.500 2.500h5M6.500 2.500v4L4 9.500h8L9.500 6.500v-4M8 9.500v4" />
    </Icon>
  );
}

export function InsertIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M8 2.500v7M4.800 6.700 8 9.900l3.200-3.200M3 13h10" />
    </Icon>
  );
}

export function EyeIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M1.800 8C3.400 5.200 5.500 3.800 8 3.800s4.600 1.400 6.200 4.200c-1.600 2.800-3.700 4.200-6.200 4.200S3.400 10.800 1.800 8Z" />
      <circle cx="8" cy="8" r="1.800" />
    </Icon>
  );
}

export function LockIcon(): JSX.Element {
  return (
    <Icon>
      <path d="M4 7.500h8v5.500H4z" />
      <path d="M5.800 7.500V5.200a2.200 2.200 0 0 1 4.400 0v2.300" />
    </Icon>
  );
}
