import Box from '@cloudscape-design/components/box'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import type { ThingDetail } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { Copyable } from '../../../shared/ui/copyable.tsx'

/** What a thing is. `columns` as wide as there is room. */
export function ThingFacts({ thing, columns }: { readonly thing: ThingDetail; readonly columns: number }) {
  const attributes = Object.entries(thing.attributes)
  return (
    <KeyValuePairs
      columns={columns}
      items={[
        { label: 'ARN', value: <Copyable what="ARN" text={thing.thingArn} /> },
        {
          label: 'Type',
          value:
            thing.thingTypeName === undefined ? (
              '–'
            ) : (
              <Link href={paths.things({ type: thing.thingTypeName })}>{thing.thingTypeName}</Link>
            ),
        },
        {
          label: 'Groups',
          value:
            thing.thingGroupNames.length === 0 ? (
              '–'
            ) : (
              <ul className="td-plain-list">
                {thing.thingGroupNames.map((group) => (
                  <li key={group}>
                    <Link href={paths.things({ group })}>{group}</Link>
                  </li>
                ))}
              </ul>
            ),
        },
        {
          label: 'Attributes',
          value:
            attributes.length === 0 ? (
              '–'
            ) : (
              <ul className="td-plain-list">
                {attributes.map(([name, value]) => (
                  <li key={name}>
                    <Box variant="span" color="text-body-secondary">
                      {name}
                    </Box>{' '}
                    {value}
                  </li>
                ))}
              </ul>
            ),
        },
        ...(thing.thingId === undefined
          ? []
          : [{ label: 'Thing id', value: <Copyable what="thing id" text={thing.thingId} /> }]),
        { label: 'Registry version', value: thing.version },
        ...(thing.billingGroupName === undefined ? [] : [{ label: 'Billing group', value: thing.billingGroupName }]),
      ]}
    />
  )
}
