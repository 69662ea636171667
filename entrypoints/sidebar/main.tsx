/** Wires the sidebar page: port, model, clock, paint. */
import { signal } from '@preact/signals';
import { options, render } from 'preact';
import { App } from '../../components/sidebar/app.tsx';
import { connectModel } from '../../components/sidebar/connect-model.ts';
import { createSidebarModel } from '../../components/sidebar/model.ts';
import { connectPort } from '../../utils/browser/ports.ts';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { SIDEBAR_PORT } from '../../utils/messaging/sidebar-port.ts';

// One paint a frame however many messages come; in a hidden tab nothing is painted, and nothing is queued either.
options.debounceRendering = (paint) => {
  requestAnimationFrame(paint);
};

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
