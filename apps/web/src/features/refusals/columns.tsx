import type { Refusal } from '@thingdeck/contract'
import { AGE_WIDTH, type ListColumn } from '../../shared/list/list-column.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { ClientLink, Last, ThingLink, Times, WhatAndWhy } from './components/cells.tsx'

/**
 * At 768 pixels one sees who, what and why beside each other, at 1024 all that are shown unless chosen otherwise: what
 * and why share a column, which takes what is left.
 */
export const COLUMNS: readonly ListColumn<Refusal>[] = [
  { id: 'last', isFixed: true, header: 'Last', width: AGE_WIDTH, minWidth: 90, cell: Last },
  { id: 'client', isFixed: true, header: 'Client id', width: 135, minWidth: 110, cell: ClientLink },
  {
    id: 'what',
    isFixed: true,
    isRowHeader: true,
    header: 'What, and why',
    minWidth: 285,
    cell: (refusal) => <WhatAndWhy refusal={refusal} />,
  },
  { id: 'thing', header: 'Thing', width: 120, minWidth: 95, cell: (refusal) => <ThingLink refusal={refusal} /> },
  { id: 'times', header: 'Times', width: 115, minWidth: 110, cell: (refusal) => <Times refusal={refusal} /> },
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
