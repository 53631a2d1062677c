import Box from '@cloudscape-design/components/box'
import Select, { type SelectProps } from '@cloudscape-design/components/select'
import { useQuery } from '@tanstack/react-query'
import type { FleetBuckets, FleetFields } from '@thingdeck/contract'
import type { Condition } from '@thingdeck/fleet-query'
import type { CSSProperties } from 'react'
import '../../../shared/chart/series.css'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { fieldLabel, queriedField, valueLabel } from '../fields.ts'
import { fleetBucketsQuery, fleetFieldsQuery, fleetSampleQuery } from '../list-api.ts'
import { TurnOnButton } from './fleet-index-notice.tsx'
import './query.css'

type Field = FleetFields['fields'][number]
type FieldType = 'Number' | 'String' | 'Boolean'

interface BucketsBarProps {
  /** Of what is found, `*` for all. */
  readonly query: string
  /** By which things are counted; undefined: by none. */
  readonly by: string | undefined
  readonly onBy: (field: string | undefined) => void
  /** Finds those with this value only. */
  readonly onChoose: (condition: Condition) => void
}

const BY_NONE: SelectProps.Option = { value: '', label: 'Do not count' }
/** Of every thing another, or of no use to anybody who looks for things. */
const UNCOUNTED = new Set(['thingId', 'thingName', 'connectivity.version', 'deviceDefender.version'])

/** How what is found is spread over the values of a field; a value leads to the things that have it. */
export function BucketsBar({ query, by, onBy, onChoose }: BucketsBarProps) {
  const fields = useQuery(fleetFieldsQuery)
  const known = (fields.data?.fields ?? []).filter(({ name }) => !UNCOUNTED.has(name) && !name.includes('*'))
  const sample = useQuery({ ...fleetSampleQuery, enabled: by !== undefined })
  const options = optionsFor(known, sample.data?.fields.map(({ name }) => name) ?? [], by)
  const chosen = options.flatMap((group) => group.options).find(({ value }) => value === by)
  const field = known.find(({ name }) => name === by)
  return (
    <div className="td-buckets">
      <Select
        inlineLabelText="Count by"
        ariaLabel="Count things by"
        expandToViewport
        selectedOption={chosen ?? BY_NONE}
        options={[BY_NONE, ...options]}
        statusType={fields.isPending ? 'loading' : fields.error ? 'error' : 'finished'}
        {...(fields.error && { errorText: fields.error.message })}
        onChange={({ detail }) => onBy(detail.selectedOption.value || undefined)}
      />
      {by !== undefined && field && <Buckets query={query} field={field} onChoose={onChoose} />}
      {by !== undefined && !field && fields.data && <NotCounted field={by} />}
    </div>
  )
}

function optionsFor(known: readonly Field[], seen: readonly string[], by: string | undefined) {
  const option = ({ name }: { readonly name: string }) => ({ value: name, label: fieldLabel(name) })
  const isKnown = (name: string) => known.some((field) => field.name === name)
  const others = [...new Set([...seen, ...(by === undefined ? [] : [by])])].filter(
    (name) => !isKnown(name) && /^(?:attributes|shadow)\./.test(name),
  )
  return [
    { label: 'Managed by AWS', options: known.filter(({ isCustom }) => !isCustom).map(option) },
    { label: 'Custom fields of the index', options: known.filter(({ isCustom }) => isCustom).map(option) },
    { label: 'Not counted yet', options: others.map((name) => option({ name })) },
  ].filter((group) => group.options.length > 0)
}

/** AWS counts by managed and custom fields only. */
function NotCounted({ field }: { readonly field: string }) {
  const type = field.startsWith('attributes.') ? 'String' : 'Number'
  return (
    <>
      <Box color="text-body-secondary">
        AWS counts things by {visible(field)} once it is a custom field of the fleet index.
      </Box>
      <TurnOnButton wanted={{ customField: { name: field, type }, fields: [field] }} />
    </>
  )
}

const TYPES: readonly FieldType[] = ['Number', 'String', 'Boolean']

function Buckets({
  query,
  field: { name, type },
  onChoose,
}: { query: string; field: Field } & Pick<BucketsBarProps, 'onChoose'>) {
  const { data, error, refetch } = useQuery(
    fleetBucketsQuery(query, name, TYPES.find((each) => each === type) ?? 'String'),
  )
  if (error) {
    return <ErrorAlert error={error} what="The things could not be counted" onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Counting things" />
  return <BucketList field={queriedField(name)} data={data} onChoose={onChoose} />
}

function BucketList({
  field,
  data,
  onChoose,
}: { field: string; data: FleetBuckets } & Pick<BucketsBarProps, 'onChoose'>) {
  const { about, buckets, distinct, statistics } = data
  const shown = buckets.reduce((sum, { count }) => sum + count, 0)
  const isWhole = distinct !== undefined && distinct <= buckets.length
  // A thing may have several values, of groups say: then there is nothing left to tell.
  const rest = Math.max(0, about - shown)
  const share = (count: number): CSSProperties & Record<'--td-share', number> => ({ '--td-share': count })
  const label = fieldLabel(field)
  if (about === 0) return <Box color="text-body-secondary">No thing to count.</Box>
  return (
    <>
      <ul aria-label={`Things by ${label}`}>
        {buckets.map(({ value, count }, index) => (
          <li key={value} className="td-bucket" data-series={index % 8} style={share(count)}>
            <button
              type="button"
              aria-label={bucketName(valueLabel(field, value), count)}
              onClick={() => onChoose({ field, operator: '=', value })}
            >
              {visible(valueLabel(field, value))} <strong>{formatCount(count)}</strong>
            </button>
          </li>
        ))}
        {rest > 0 && isWhole && (
          <li className="td-bucket" style={share(rest)}>
            <button
              type="button"
              aria-label={bucketName('none', rest)}
              onClick={() => onChoose({ field, operator: '!=', value: '*' })}
            >
              none <strong>{formatCount(rest)}</strong>
            </button>
          </li>
        )}
      </ul>
      <Box color="text-body-secondary" fontSize="body-s">
        {isWhole
          ? 'about'
          : `the ${buckets.length} most frequent of about ${formatCount(distinct ?? buckets.length)} values, about`}{' '}
        {formatCounted(about, 'thing')}
        {statistics && `; ${numbersInWords(statistics)}`}
      </Box>
    </>
  )
}

/** `1: 2 things`: what is read out of both numbers would be one, or two of the same kind. */
const bucketName = (value: string, count: number) => `${visibleText(value)}: ${formatCounted(count, 'thing')}`

const NUMBER = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5 })

/** `20 to 80, on average 50; half below about 48` */
function numbersInWords({ minimum, average, maximum, percentiles }: NonNullable<FleetBuckets['statistics']>): string {
  return [
    minimum !== undefined && maximum !== undefined && `${NUMBER.format(minimum)} to ${NUMBER.format(maximum)}`,
    average !== undefined && `on average ${NUMBER.format(average)}`,
    ...percentiles.map(({ percent, value }) => `${percent} % below about ${NUMBER.format(value)}`),
  ]
    .filter((words) => words !== false)
    .join(', ')
}
