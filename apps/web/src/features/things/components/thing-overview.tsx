import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ThingDetails } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { useFocusKept } from '../../../shared/focus-lost.ts'
import { RunningDebugs } from '../../../shared/iot-logs/running-debugs.tsx'
import { paths } from '../../../shared/paths.ts'
import { BillingGroupDialog } from './billing-group-dialog.tsx'
import { Certificates } from './certificates.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { EditThing } from './edit-thing.tsx'
import { ThingFacts } from './thing-facts.tsx'
import { ThingGroups } from './thing-groups.tsx'

/** What a thing is, how its connection stands, which groups it is in and who may act as it. */
export function ThingOverview({ details }: { readonly details: ThingDetails }) {
  const { thing, principals } = details
  const { thingName, billingGroupName } = thing
  const [isEditing, setEditing] = useState(false)
  const [isBilling, setBilling] = useState(false)
  const registry = useFocusKept<HTMLDivElement>(isEditing)
  const attached = (principals.value ?? []).map(({ principal }) => principal)
  return (
    <SpaceBetween size="m">
      <RunningDebugs clientId={thingName} />
      <div ref={registry} tabIndex={-1}>
        <Container
          header={
            <Header
              variant="h2"
              actions={
                !isEditing && (
                  <ActionButtons
                    actions={[
                      { id: 'billing', text: 'Change billing group', needs: 'admin', onAction: () => setBilling(true) },
                      {
                        id: 'edit',
                        text: 'Edit type and attributes',
                        needs: 'admin',
                        onAction: () => setEditing(true),
                      },
                    ]}
                  />
                )
              }
            >
              Registry
            </Header>
          }
        >
          {isEditing ? (
            <EditThing thing={thing} onClose={() => setEditing(false)} />
          ) : (
            <ThingFacts thing={{ ...thing, thingGroupNames: details.groups.value ?? [] }} />
          )}
        </Container>
      </div>
      <Container header={<Header variant="h2">Connection</Header>}>
        <ConnectionFacts thingName={thingName} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            {...(principals.value && { counter: `(${attached.length})` })}
            description="Who may act as this thing, until when, and by which policies."
            actions={
              <ActionButtons
                actions={[
                  {
                    id: 'create-certificate',
                    text: 'Create certificate',
                    needs: 'admin',
                    href: paths.createCertificate({ thing: thingName }),
                  },
                  {
                    id: 'certificates',
                    text: 'Attach and detach',
                    href: paths.thing(thingName, { tab: 'certificates' }),
                  },
                ]}
              />
            }
          >
            Certificates and identities
          </Header>
        }
      >
        {principals.unread === undefined ? (
          <Certificates thing={{ thingName, principals: attached }} />
        ) : (
          `They could not be read: ${principals.unread}`
        )}
      </Container>
      <ThingGroups details={details} />
      {isBilling && (
        <BillingGroupDialog
          thingName={thingName}
          billingGroupName={billingGroupName}
          onClose={() => setBilling(false)}
        />
      )}
    </SpaceBetween>
  )
}
