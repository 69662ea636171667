/** The parts of the settings page, beside it where there is room, else above it. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { sections } from './options-sections.tsx';

type NavLinkProps = { id: string; label: MessageKey; current: string | undefined };

/** `current`: what is being read now. */
export function OptionsNav({ current }: { current: string | undefined }): JSX.Element {
  return (
    <nav class="nav" aria-label={words('optionsNav')}>
      <ul>
        <NavLink id="start" label="optionsStart" current={current} />
      </ul>
      <ul>
        {sections.map(({ id, label }) => (
          <NavLink key={id} id={id} label={label} current={current} />
        ))}
      </ul>
      <ul>
        <NavLink id="inspector" label="optionsInspector" current={current} />
        <li>
          <a href="help.html" target="_blank" rel="noopener">
            {words('optionsHelp')}
          </a>
        </li>
      </ul>
    </nav>
  );
}

function NavLink({ id, label, current }: NavLinkProps): JSX.Element {
  const link = useRef<HTMLAnchorElement>(null);
  const isCurrent = id === current;
  useEffect(() => {
    // Only the row above the page scrolls: the link comes into it, and the page stays where it is.
    const row = link.current?.closest('nav');
    if (isCurrent && link.current && row) {
      const [of, at] = [row.getBoundingClientRect(), link.current.getBoundingClientRect()];
      row.scrollLeft += at.left + at.width / 2 - (of.left + of.width / 2);
    }
  }, [isCurrent]);
  return (
    <li>
      <a ref={link} href={`#${id}`} aria-current={isCurrent ? 'true' : undefined}>
        {words(label)}
      </a>
    </li>
  );
}
