/** Eight chunks of a transcript; one box while none of them is in view. */
import type { JSX } from 'preact';
import type { ChunkGroup } from './chunk-groups.ts';
import { boxStyle, unknownHeightPx } from './chunk-height.ts';
import { type ChunkSetting, ChunkView } from './chunk-view.tsx';
import { useOpen } from './mounting.ts';

export function GroupView({ group, shared }: { group: ChunkGroup; shared: ChunkSetting }): JSX.Element {
  const chunks = group.chunks.value;
  if (!useOpen(shared.mounting, group.number)) {
    const height = unknownHeightPx(chunks.length);
    return (
      <div
        class="chunk-group"
        key="box"
        data-waiting
        data-group={group.number}
        style={boxStyle(height, true)}
      />
    );
  }
  return (
    <div class="chunk-group" key="chunks">
      {chunks.map((chunk) => (
        <ChunkView key={chunk.number} chunk={chunk} {...shared} />
      ))}
    </div>
  );
}
