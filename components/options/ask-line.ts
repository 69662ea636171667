/** One question to the background, and its answer. */
import type { FromOptions, ToOptions } from '../../utils/messaging/options-port.ts';
import type { OpenLine } from './open-line.ts';

/** A background that was just woken needs a second; one that was updated under the page never answers. */
const ANSWER_WITHIN_MS = 10_000;

/** `undefined` where no answer of that type came in time. */
export function askLine<Type extends ToOptions['type']>(
  openLine: OpenLine,
  question: FromOptions,
  type: Type,
): Promise<Extract<ToOptions, { type: Type }> | undefined> {
  return new Promise((resolve) => {
    const line = openLine((message) => {
      if (isOf(message, type)) end(message);
    });
    const timer = setTimeout(() => end(undefined), ANSWER_WITHIN_MS);
    function end(answer: Extract<ToOptions, { type: Type }> | undefined): void {
      clearTimeout(timer);
      line.close();
      resolve(answer);
    }
    line.say(question);
  });
}

function isOf<Type extends ToOptions['type']>(
  message: ToOptions,
  type: Type,
): message is Extract<ToOptions, { type: Type }> {
  return message.type === type;
}
