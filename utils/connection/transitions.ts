/** Transitions that more than one phase of the connection machine makes. */
import type { Carried, MachineState, Transition } from './machine-types.ts';
import type { StopReason } from './state.ts';

export function stay(state: MachineState): Transition {
  return { state, effects: [] };
}

/** What outlives a connection. */
export function carried({ resume, currentAtMs, attempt }: Carried): Carried {
  return { resume, currentAtMs, attempt };
}

/** Stops until somebody acts. */
export function halt(state: MachineState, reason: StopReason, expiredAtMs?: number): Transition {
  return {
    state: { ...carried(state), name: 'stopped', reason, expiredAtMs },
    effects: [{ do: 'clear-timers' }, { do: 'drop' }],
  };
}
