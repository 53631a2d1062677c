import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { LevelNotice, LoggingNotice } from '../../../shared/iot-logs/logging-notice.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import type { fromRange, TimeRange } from '../../../shared/time-range.ts'
import { TimeRangeField } from '../../../shared/time-range-field.tsx'
import { MOST_CLAIMS_LOOKED_UP, provisionedQuery, USUAL } from './provisioned-query.ts'
import { provisioningFacts, provisioningFailure } from './provisioning-failure.ts'
import './provisioned-list.css'

interface ProvisionedListProps {
  /** Undefined: of all templates. */
  readonly templateName?: string
  /** Claims whose refused connections count, too. */
  readonly claimIds: readonly string[]
  readonly range: TimeRange
  readonly onRange: (range: ReturnType<typeof fromRange>) => void
}

const isCertificateId = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f]{64}$/.test(text)

const WHEN: ListColumn<IotLogEntry> = {
  id: 'when',
  header: 'When',
  isRowHeader: true,
  isFixed: true,
  width: 140,
  cell: ({ at, traceId }) =>
    traceId === undefined ? (
      <Age atMs={Date.parse(at)} />
    ) : (
      <Link href={paths.logs({ trace: traceId })}>
        <Age atMs={Date.parse(at)} />
      </Link>
    ),
}

const OUTCOME: ListColumn<IotLogEntry> = {
  id: 'outcome',
  header: 'What became of it',
  minWidth: 320,
  cell: (entry) => <Became entry={entry} />,
}

const OTHERS: readonly ListColumn<IotLogEntry>[] = [
  {
    id: 'thing',
    header: 'Thing',
    width: 160,
    cell: ({ thingName }) =>
      thingName === undefined ? (
        '–'
      ) : (
        <Link href={paths.thing(thingName)}>
          <NameText text={thingName} />
        </Link>
      ),
  },
  {
    id: 'certificate',
    header: 'Certificate',
    width: 130,
    cell: (entry) => {
      const { deviceCertificateId } = provisioningFacts(entry)
      return isCertificateId(deviceCertificateId) ? <CertificateLink certificateId={deviceCertificateId} /> : '–'
    },
  },
  {
    id: 'claim',
    header: 'By claim, or CA',
    width: 150,
    cell: (entry) => {
      const { principalId } = entry
      const { deviceCertificateId, caCertificateId } = provisioningFacts(entry)
      // Just in time: the principal is the device's own certificate, and the CA has the template.
      if (isCertificateId(caCertificateId)) {
        return (
          <Link href={paths.certificateAuthority(caCertificateId)}>
            CA <span className="td-mono">{shortCertificateId(caCertificateId)}</span>
          </Link>
        )
      }
      const isClaim = isCertificateId(principalId) && principalId !== deviceCertificateId
      return isClaim ? <CertificateLink certificateId={principalId} /> : '–'
    },
  },
  {
    id: 'client',
    header: 'Client',
    width: 150,
    cell: ({ clientId }) => (clientId === undefined ? '–' : <VisibleText text={clientId} />),
  },
  {
    id: 'source',
    header: 'From',
    width: 130,
    cell: ({ sourceIp }) => (sourceIp === undefined ? '–' : <span className="td-mono">{sourceIp}</span>),
  },
]

const TEMPLATE: ListColumn<IotLogEntry> = {
  id: 'template',
  header: 'Template',
  width: 150,
  cell: (entry) => {
    const { templateName } = provisioningFacts(entry)
    return templateName === undefined ? (
      '–'
    ) : (
      <Link href={paths.provisioningTemplate(templateName, { tab: 'devices' })}>
        <NameText text={templateName} />
      </Link>
    )
  },
}

const OF_ONE = [WHEN, OUTCOME, ...OTHERS]
const OF_ALL = [WHEN, TEMPLATE, OUTCOME, ...OTHERS]

const WORDS: ListWords = {
  title: 'Provisioned lately',
  one: 'entry',
  many: 'entries',
  description: "From AWS IoT's log: devices that were provisioned, and what was refused on the way.",
  empty: {
    title: 'Nothing in this time',
    text: 'No device asked to be provisioned, or AWS IoT did not log it: successes are logged at the level INFO.',
  },
}

/** When, which thing, by which claim, from where; or why it failed, in words with the cure. */
export function ProvisionedList({ templateName, claimIds, range, onRange }: ProvisionedListProps) {
  const query = useQuery(provisionedQuery(templateName, claimIds, range))
  const { data } = query
  return (
    <SpaceBetween size="s">
      {data && <LoggingNotice outcome={data.outcome} message={data.message} />}
      <LevelNotice />
      {data?.hasMore && (
        <Alert type="info">
          The log has more of this time than is read at once: choose a shorter one for what is missing.
        </Alert>
      )}
      {claimIds.length > MOST_CLAIMS_LOOKED_UP && (
        <Alert type="info">
          {`Of the ${claimIds.length} claims, refused connections of ${MOST_CLAIMS_LOOKED_UP} are looked for, of those that are not active first. Of any other, Claims has its log.`}
        </Alert>
      )}
      <List
        name={templateName === undefined ? 'provisioned-devices' : 'provisioned-by-template'}
        variant="container"
        words={templateName === undefined ? { ...WORDS, title: 'Devices' } : WORDS}
        columns={templateName === undefined ? OF_ALL : OF_ONE}
        rowId={({ eventId }) => eventId}
        source={wholeOf(query, data?.entries ?? [])}
        paging="endless"
        isNewestFirst
        aside={<TimeRangeField range={range} usual={USUAL} placeholder="The last 24 hours" onChange={onRange} />}
      />
    </SpaceBetween>
  )
}

function Became({ entry }: { readonly entry: IotLogEntry }) {
  const failure = provisioningFailure(entry)
  if (!failure) return <StatusIndicator type="success">Provisioned</StatusIndicator>
  const { details } = entry
  return (
    <div className="td-provisioning-became">
      <StatusIndicator type="error">
        <VisibleText text={failure.why} />
      </StatusIndicator>
      {failure.whatToDo !== undefined && <div>{failure.whatToDo}</div>}
      {details !== undefined && details !== failure.why && (
        <div className="td-weak">
          AWS: <VisibleText text={details} />
        </div>
      )}
    </div>
  )
}
