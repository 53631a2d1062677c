import type { RetainedTopic } from '@thingdeck/contract'
import { formatBytes } from '../../shared/format.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'

export const COLUMNS: readonly ListColumn<RetainedTopic>[] = [
  {
    id: 'topic',
    header: 'Topic',
    isRowHeader: true,
    isFixed: true,
    minWidth: 200,
    cell: ({ topic }) => <span className="td-mono">{visible(topic)}</span>,
  },
  { id: 'size', header: 'Size', width: 100, minWidth: 80, cell: ({ payloadSize }) => formatBytes(payloadSize) },
  { id: 'qos', header: 'QoS', width: 80, minWidth: 60, cell: ({ qos }) => qos },
  {
    id: 'modified',
    header: 'Retained since',
    width: 150,
    minWidth: 110,
    cell: ({ lastModified }) => <Age atMs={Date.parse(lastModified)} />,
  },
]
