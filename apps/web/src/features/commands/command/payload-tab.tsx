import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Command } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { CommandContent } from '../components/command-content.tsx'

const age = (time: string | undefined) => time && <Age atMs={Date.parse(time)} />

/** What devices get of a command, and what is known of the command itself. */
export function PayloadTab({ command }: { readonly command: Command }) {
  const { pendingDeletion, namespace, roleArn, displayName, description, createdAt, lastUpdatedAt, commandArn } =
    command
  return (
    <Container>
      <SpaceBetween size="m">
        {pendingDeletion && (
          <Alert type="warning" header="Pending deletion">
            It can be sent to nobody, and is gone when 12 hours have passed, in which the last of its executions ends.
            Nothing takes this back.
          </Alert>
        )}
        <CommandContent command={command} />
        <Facts
          facts={[
            { label: 'Display name', value: displayName && visible(displayName) },
            { label: 'Description', value: description && visible(description) },
            namespace === undefined || namespace === 'AWS-IoT' ? undefined : { label: 'Namespace', value: namespace },
            roleArn === undefined ? undefined : { label: 'Role', copy: roleArn },
            { label: 'Created', value: age(createdAt) },
            { label: 'Changed', value: age(lastUpdatedAt) },
            { label: 'ARN', copy: commandArn },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}
