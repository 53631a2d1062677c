import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ClientRow } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { paths } from '../../shared/paths.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { ConsoleMark, Principal } from './components/principal.tsx'
import { RowState } from './connection-words.tsx'

/** What of a client only the log has. */
const counted = (count: number | undefined) =>
  count === undefined ? <span title="The log of this time has nothing of it.">not known</span> : formatCount(count)

export const COLUMNS: readonly ListColumn<ClientRow>[] = [
  {
    id: 'client',
    header: 'Client id',
    isFixed: true,
    isRowHeader: true,
    width: 240,
    minWidth: 170,
    cell: ({ clientId }) => (
      <>
        <Link href={paths.client(clientId)}>
          <span className="td-two-lines" title={visibleText(clientId)}>
            <NameText text={clientId} />
          </span>
        </Link>{' '}
        <ConsoleMark clientId={clientId} />
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    isFixed: true,
    width: 290,
    minWidth: 200,
    cell: (row) => (
      <div className="td-two-lines">
        <RowState {...row} />
      </div>
    ),
  },
  {
    id: 'thing',
    header: 'Thing',
    width: 140,
    cell: ({ thingName }) =>
      thingName === undefined ? (
        <span title="The fleet index has no thing for it.">–</span>
      ) : (
        <Link href={paths.thing(thingName)}>
          <NameText text={thingName} />
        </Link>
      ),
  },
  {
    id: 'principal',
    header: 'Principal',
    isHiddenNarrow: true,
    width: 150,
    cell: ({ principalId }) => (
      <div className="td-two-lines" title={principalId && visibleText(principalId)}>
        <Principal principalId={principalId} />
      </div>
    ),
  },
  {
    id: 'from',
    header: 'From',
    isHiddenNarrow: true,
    width: 140,
    cell: ({ sourceIp }) => (sourceIp === undefined ? '–' : visible(sourceIp)),
  },
  {
    id: 'takeovers',
    header: 'Fought over',
    width: 120,
    cell: ({ clientId, takeovers }) =>
      takeovers === undefined || takeovers === 0 ? (
        counted(takeovers)
      ) : (
        <StatusIndicator type="warning">
          <Link href={paths.client(clientId, { tab: 'history' })}>{formatCount(takeovers)}</Link>
        </StatusIndicator>
      ),
  },
  { id: 'connects', header: 'Connects', isHiddenNarrow: true, width: 105, cell: ({ connects }) => counted(connects) },
  { id: 'drops', header: 'Drops', width: 90, cell: ({ drops }) => counted(drops) },
  { id: 'refused', header: 'Refused', isHiddenAtFirst: true, width: 105, cell: ({ refused }) => counted(refused) },
  { id: 'protocol', header: 'Protocol', isHiddenAtFirst: true, width: 110, cell: ({ protocol }) => protocol ?? '–' },
  {
    id: 'toldBy',
    header: 'Told by',
    isHiddenAtFirst: true,
    width: 120,
    cell: ({ toldBy }) => (toldBy === 'log' ? 'the log' : 'the fleet index'),
  },
]
