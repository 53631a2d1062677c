import Link from '@cloudscape-design/components/link'
import { useMemo } from 'react'
import { commandMessageOf } from '../../../../shared/command-topics/command-message.ts'
import { paths } from '../../../../shared/paths.ts'
import { visible } from '../../../../shared/text/visible.tsx'

interface CommandLineProps {
  readonly topic: string
  readonly payload: Uint8Array
}

/** What a message of commands says, and the ways to its execution and command; nothing for any other. */
export function CommandLine({ topic, payload }: CommandLineProps) {
  const said = useMemo(() => commandMessageOf(topic, payload), [topic, payload])
  if (!said) return null
  const { words, executionId, commandId, thingName, clientId } = said
  return (
    <p className="td-detail-job">
      {visible(words)}.{' '}
      {executionId !== undefined && (thingName ?? clientId) !== undefined && (
        <Link href={paths.commandExecutions({ thing: thingName, client: clientId, look: executionId })}>
          Show the execution
        </Link>
      )}{' '}
      {commandId !== undefined && <Link href={paths.command(commandId)}>Show the command</Link>}
    </p>
  )
}
