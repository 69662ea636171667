/** The formats lines are copied, inserted and saved in. */
import { type Format, ownFormatId } from './format.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { plain } from './plain.ts';
import { type CopyTemplate, templateFormat } from './template.ts';
import { webvtt } from './webvtt.ts';

export const formats: readonly Format[] = [plain, markdown, html, json, webvtt];

/** A template that is not there any more gives way to plain text. */
export function formatOf(id: string, templates: readonly CopyTemplate[]): Format {
  const template = templates.find((one) => ownFormatId(one.id) === id);
  if (template !== undefined) return templateFormat(template);
  return formats.find((format) => format.id === id) ?? plain;
}
