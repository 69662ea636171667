/** A short, soft sound for a keyword. Browsers let it be heard once the agent has clicked into the sidebar. */

const NOTES_HZ = [660, 880];
const NOTE_S = 0.12;
const LOUDNESS = 0.08;

export function createChime(): () => void {
  let context: AudioContext | undefined;
  return () => {
    context ??= new AudioContext();
    // Before any click it stays suspended, and nothing is queued for later.
    if (context.state === 'suspended') void context.resume();
    else play(context);
  };
}

function play(context: AudioContext): void {
  const gain = context.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(context.destination);
  for (const [at, hz] of NOTES_HZ.entries()) {
    const note = context.createOscillator();
    note.frequency.value = hz;
    note.connect(gain);
    note.start(context.currentTime + at * NOTE_S);
    note.stop(context.currentTime + (at + 1) * NOTE_S);
  }
}
