/** From an event of the log to one of the stream: read once, judged once for all who listen. */
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { CallIndex } from './call-index.ts';
import { readFacts } from './event-facts.ts';
import type { LineRevisions } from './line-revisions.ts';
import type { NewEvent, Stream } from './stream.ts';
import type { Views } from './views.ts';

export type IngestDependencies = {
  stream: Stream;
  callIndex: CallIndex;
  views: Views;
  revisions: LineRevisions;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
  /** An event of so many bytes has been appended. */
  onAppended: (bytes: number) => void;
};

export function createIngest(deps: IngestDependencies): (event: Omit<NewEvent, 'facts'>) => void {
  const { stream, callIndex, views, revisions } = deps;

  return (logged) => {
    const facts = readFacts(JSON.parse(logged.dataJson), views.watched(), deps.fieldMap());
    const position = stream.end();
    const event = stream.append({ ...logged, facts });
    callIndex.add(event, position);
    views.take(event, position);
    revisions.take(event);
    deps.onAppended(event.bytes);
  };
}
