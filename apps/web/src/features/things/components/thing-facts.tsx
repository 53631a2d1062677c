import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import type { ThingDetail } from '@thingdeck/contract'
import { Fragment } from 'react'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'

/** What a thing is. */
export function ThingFacts({ thing }: { readonly thing: Omit<ThingDetail, 'principals'> }) {
  const { thingArn, thingTypeName: type, thingGroupNames, attributes, thingId, version, billingGroupName } = thing
  return (
    <Facts
      facts={[
        { label: 'ARN', copy: thingArn },
        {
          label: 'Type',
          value:
            type === undefined ? undefined : (
              <Link href={paths.thingType(type)}>
                <NameText text={type} />
              </Link>
            ),
        },
        {
          label: 'Groups',
          list: thingGroupNames.map((group) => (
            <Link key={group} href={paths.thingGroup(group)}>
              {group}
            </Link>
          )),
        },
        {
          label: 'Attributes',
          mayBeLong: true,
          list: Object.entries(attributes).map(([name, value]) => (
            <Fragment key={name}>
              <Box variant="span" color="text-body-secondary">
                <NameText text={name} />
              </Box>{' '}
              {visible(value)}
            </Fragment>
          )),
        },
        thingId === undefined ? undefined : { label: 'Thing id', copy: thingId },
        { label: 'Registry version', value: version },
        billingGroupName === undefined
          ? undefined
          : {
              label: 'Billing group',
              value: (
                <Link href={paths.billingGroup(billingGroupName)}>
                  <NameText text={billingGroupName} />
                </Link>
              ),
            },
      ]}
    />
  )
}
