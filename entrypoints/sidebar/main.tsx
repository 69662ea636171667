/** Wires the sidebar page: port, model, clock, paint. */
import { signal } from '@preact/signals';
import { options, render } from 'preact';
import { App } from '../../components/sidebar/app.tsx';
import { connectModel } from '../../components/sidebar/connect-model.ts';
import { createSidebarModel } from '../../components/sidebar/model.ts';
import { createPacedPaint } from '../../components/sidebar/paced-paint.ts';
import { connectPort } from '../../utils/browser/ports.ts';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { SIDEBAR_PORT } from '../../utils/messaging/sidebar-port.ts';

options.debounceRendering = createPacedPaint({
  // In a hidden tab no frame comes and nothing is painted; nothing is queued either.
  nextFrame: (run) => requestAnimationFrame(run),
  setTimer: (run, ms) => setTimeout(run, ms),
  nowMs: () => performance.now(),
});

const model = createSidebarModel();
const { say, renew } = connectModel({
  open: () => connectPort(SIDEBAR_PORT),
  take: model.take,
  gone: model.end,
  setTimer: (run, ms) => setTimeout(run, ms),
});
// A page that rests in the browser's cache loses its port without being told.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) renew();
});
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1_000);

document.documentElement.lang = uiLanguage();
document.title = words('sidebarTitle');
const root = document.getElementById('app');
if (root !== null) render(<App model={model} now={now} say={say} />, root);
