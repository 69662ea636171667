/** The example call as a format writes it. */
import type { JSX } from 'preact';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import type { Format } from '../../utils/transcript/formats/format.ts';
import { type ExampleOptions, writeExample } from './example-call.ts';

type FormatPreviewProps = { id: string; format: Format; options: ExampleOptions };

export function FormatPreview({ id, format, options }: FormatPreviewProps): JSX.Element {
  return (
    <figure class="preview" aria-labelledby={`${id}-preview`}>
      <figcaption class="hint" id={`${id}-preview`}>
        {words('copyPreview')}
      </figcaption>
      <pre dir="auto" data-preview={format.id}>
        {writeExample(format, options, uiLanguage())}
      </pre>
    </figure>
  );
}
