import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import type { ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { EditThingGroupDialog } from './edit-thing-group-dialog.tsx'
import { ThingGroupKind } from './thing-group-kind.tsx'

export function OverviewTab({ group }: { readonly group: ThingGroup }) {
  const { thingGroupArn, thingGroupId, description, attributes, parents, queryString, version, createdAt } = group
  const [isEditing, setEditing] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<ActionButton id="edit" text="Edit thing group" needs="admin" onAction={() => setEditing(true)} />}
        >
          Details
        </Header>
      }
    >
      <Facts
        facts={[
          { label: 'Kind', value: <ThingGroupKind group={group} /> },
          queryString === undefined
            ? {
                label: 'Below',
                list: parents.toReversed().map((parent) => (
                  <Link key={parent} href={paths.thingGroup(parent)}>
                    {parent}
                  </Link>
                )),
              }
            : { label: 'Query', copy: queryString },
          { label: 'Description', value: description },
          {
            label: 'Attributes',
            list: Object.entries(attributes).map(([name, value]) => (
              <span key={name}>
                <code>{visible(name)}</code>: {visible(value)}
              </span>
            )),
          },
          { label: 'Version', value: version },
          createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
          { label: 'ARN', copy: thingGroupArn },
          thingGroupId === undefined ? undefined : { label: 'Thing group id', copy: thingGroupId },
        ]}
      />
      {isEditing && <EditThingGroupDialog group={group} onClose={() => setEditing(false)} />}
    </Container>
  )
}
