/** Finds a browser that loads an unpacked extension, or gets one where that is one command away. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Chromium, Chrome for Testing and Edge, by the names and places each system gives them. */
const names = [
  'chromium',
  'chromium-browser',
  'chrome-for-testing',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/lib/chromium/chromium', '/snap/bin/chromium', '/opt/microsoft/msedge/msedge'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    join(homedir(), 'AppData\\Local\\Chromium\\Application\\chrome.exe'),
  ],
};

const installCommands: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt-get install chromium   (Fedora: sudo dnf install chromium)',
  darwin: 'brew install --cask chromium',
  win32: 'winget install Microsoft.Edge',
};

/** The path of a browser. `EARSHOT_BROWSER` names one; throws, with the command that installs one, where none is. */
export function findBrowser(env: NodeJS.ProcessEnv, say: (line: string) => void): string {
  const named = env['EARSHOT_BROWSER'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`EARSHOT_BROWSER names ${named}, and there is no such file.`);
  }
  const found = search(env);
  if (found !== undefined) return found;
  if (canInstall()) {
    say('no Chromium here: installing it with apt-get');
    install();
    const installed = search(env);
    if (installed !== undefined) return installed;
  }
  const command = installCommands[process.platform] ?? 'install Chromium or Microsoft Edge';
  throw new Error(
    `No Chromium, Chrome for Testing or Edge was found. Install one with:\n  ${command}\nor set EARSHOT_BROWSER.`,
  );
}

function search(env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...(places[process.platform] ?? [])].find((path) => existsSync(path));
}

function canInstall(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release'))
    return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function install(): void {
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core'],
  ];
  for (const step of steps) {
    const { status, stderr } = spawnSync('apt-get', step, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${step[0]} failed:\n${stderr.trim()}`);
  }
}
