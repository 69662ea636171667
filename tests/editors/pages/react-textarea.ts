/** A textarea whose value React holds: what the state does not know is gone at the next rendering. */
import { createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { stage } from './stage.ts';

stage((container, text) => {
  let state = text;

  function Field() {
    const [value, setValue] = useState(text);
    state = value;
    return createElement('textarea', {
      value,
      onChange: (event: { target: { value: string } }) => setValue(event.target.value),
    });
  }

  const root = createRoot(container);
  flushSync(() => root.render(createElement(Field)));
  const field = container.querySelector('textarea');
  if (field === null) throw new Error('React did not render.');
  return { editable: field, read: () => state, destroy: () => root.unmount() };
});
