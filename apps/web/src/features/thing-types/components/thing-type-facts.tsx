import './thing-type-facts.css'
import type { ThingType } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { Age, formatDateTime, useNow } from '../../../shared/time.tsx'
import { formatCountdown, untilDeletableMs } from '../deletable.ts'
import { sourceWords } from '../propagating.ts'
import { ThingTypeState } from './thing-type-state.tsx'

/** What is known of a thing type. */
export function ThingTypeFacts({ type, id }: { readonly type: ThingType; readonly id?: string | undefined }) {
  const { thingTypeArn, description, searchableAttributes, propagatingAttributes, deprecatedAt, createdAt } = type
  return (
    <Facts
      facts={[
        { label: 'State', value: <ThingTypeState type={type} /> },
        deprecatedAt === undefined
          ? undefined
          : { label: 'Deprecated', value: <Age atMs={Date.parse(deprecatedAt)} /> },
        type.isDeprecated ? { label: 'Can be deleted', value: <Deletable type={type} /> } : undefined,
        { label: 'Description', value: description },
        { label: 'Searchable attributes', list: searchableAttributes },
        {
          label: 'Propagated attributes',
          list: propagatingAttributes.map((attribute) => (
            <span key={attribute.userPropertyKey}>
              <code>{attribute.userPropertyKey}</code>: {sourceWords(attribute)}
            </span>
          )),
        },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        { label: 'ARN', copy: thingTypeArn },
        id === undefined ? undefined : { label: 'Thing type id', copy: id },
      ]}
    />
  )
}

/** When, and how long it is until then. */
export function Deletable({ type }: { readonly type: ThingType }) {
  const nowMs = useNow()
  const leftMs = untilDeletableMs(type, nowMs)
  if (leftMs === undefined) return null
  if (leftMs === 0) return <>now, if no thing has it</>
  return (
    <span title={formatDateTime(nowMs + leftMs)}>
      in <span className="td-countdown">{formatCountdown(leftMs)}</span>, if no thing has it then
    </span>
  )
}
