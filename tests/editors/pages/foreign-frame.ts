/** A field in a frame of another origin, which tells the page around it what it holds. */
import { stage } from './stage.ts';

type Told = { value: string };

if (parent === window) {
  stage((container, text) => {
    const frame = document.createElement('iframe');
    const url = new URL(location.href);
    url.hostname = 'localhost';
    url.hash = encodeURIComponent(text);
    frame.src = url.href;
    return new Promise((mounted) => {
      let value: string | undefined;
      addEventListener('message', ({ source, data }: MessageEvent<Told>) => {
        if (source !== frame.contentWindow) return;
        const isFirst = value === undefined;
        value = data.value;
        if (isFirst) mounted({ editable: frame, read: () => value ?? '' });
      });
      container.append(frame);
    });
  });
} else {
  const field = document.body.appendChild(document.createElement('textarea'));
  field.value = decodeURIComponent(location.hash.slice(1));
  document.body.style.margin = '0';
  const tell = () => parent.postMessage({ value: field.value } satisfies Told, '*');
  field.addEventListener('input', tell);
  tell();
}
