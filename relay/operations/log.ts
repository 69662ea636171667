/** The relay's log: a JSON object a line on stderr. Nothing that is said in a call and no token is ever given to it. */
import { destination, type Logger, pino } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Of EARSHOT_LOG_LEVEL; `info` without one, undefined for anything else. */
export function readLogLevel(text: string | undefined): LogLevel | undefined {
  return text === undefined || text === '' ? 'info' : LOG_LEVELS.find((level) => level === text);
}

export function createLog(level: LogLevel): Logger {
  return pino({ level }, destination(2));
}
