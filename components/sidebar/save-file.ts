/** Saves text as a file, as a click on a download link does. */

/** Every file system takes this many characters. */
const MAX_NUMBER_LENGTH = 40;
/** How long a browser may take to begin reading the file. */
const KEPT_MS = 60_000;

type NamedCall = {
  /** Whom the call was with: a number, or the platform's name of the call. */
  party: string;
  startedAtMs: number;
};

/**
 * Such as `call-+12025550143-2026-01-15-0930.txt`: letters, digits, `+` and `-` alone, so that every system takes it.
 * `timeZone`: IANA; the machine's own where it is not given.
 */
export function fileName({ party, startedAtMs }: NamedCall, extension: string, timeZone?: string): string {
  const safe = party.replace(/[^A-Za-z0-9+]+/g, '-').replace(/^-+|-+$/g, '');
  const parts = ['call', safe.slice(0, MAX_NUMBER_LENGTH), dayAndTime(startedAtMs, timeZone)];
  return `${parts.filter((part) => part !== '').join('-')}.${extension}`;
}

function dayAndTime(atMs: number, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn-hc-h23', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const date = [parts.get('year'), parts.get('month'), parts.get('day')].join('-');
  return `${date}-${parts.get('hour')}${parts.get('minute')}`;
}

type SaveDeps = { document: Document; setTimer(run: () => void, ms: number): unknown };

/** Nobody is told whether the browser took it: a page in a sandbox may forbid downloads in silence. */
export function saveFile(
  { document, setTimer }: SaveDeps,
  file: { name: string; mime: string; text: string },
): void {
  const url = URL.createObjectURL(new Blob([file.text], { type: `${file.mime};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimer(() => URL.revokeObjectURL(url), KEPT_MS);
}
