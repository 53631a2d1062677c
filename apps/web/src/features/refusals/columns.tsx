import type { Refusal } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { ClientLink, Last, ThingLink, Times, What, Why } from './components/cells.tsx'

/** At 1024 pixels those that are shown unless chosen otherwise fit beside each other. */
export const COLUMNS: readonly ListColumn<Refusal>[] = [
  { id: 'last', isFixed: true, header: 'Last', width: 115, minWidth: 105, cell: Last },
  { id: 'client', isFixed: true, header: 'Client id', width: 140, minWidth: 110, cell: ClientLink },
  { id: 'thing', header: 'Thing', width: 120, minWidth: 95, cell: (refusal) => <ThingLink refusal={refusal} /> },
  {
    id: 'what',
    isFixed: true,
    isRowHeader: true,
    header: 'What',
    width: 200,
    minWidth: 150,
    cell: (refusal) => <What refusal={refusal} />,
  },
  { id: 'why', isFixed: true, header: 'Why', minWidth: 220, cell: (refusal) => <Why refusal={refusal} /> },
  { id: 'times', header: 'Times', width: 120, minWidth: 110, cell: (refusal) => <Times refusal={refusal} /> },
  {
    id: 'principal',
    header: 'Principal',
    isHiddenAtFirst: true,
    width: 200,
    cell: ({ principalId }) =>
      principalId === undefined ? (
        '–'
      ) : (
        <span className="td-mono">
          <NameText text={principalId} />
        </span>
      ),
  },
  { id: 'event', header: 'Event', isHiddenAtFirst: true, width: 150, cell: ({ eventType }) => eventType },
  { id: 'reason', header: 'Reason', isHiddenAtFirst: true, width: 200, cell: ({ reason }) => reason ?? '–' },
]
