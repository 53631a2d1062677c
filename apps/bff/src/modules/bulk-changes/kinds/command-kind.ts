import { randomUUID } from 'node:crypto'
import type { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane'
import type { CommandChange } from '@thingdeck/contract'
import { startCommand } from '../../../aws/start-command.ts'
import type { Kind, KindContext } from './kind.ts'
import type { ThingParts } from './read-thing.ts'

interface CommandParts {
  readonly jobsData: IoTJobsDataPlaneClient
  readonly arns: ThingParts['arns'] & Parameters<typeof startCommand>[1]
}

/**
 * A command for the device of each thing. Under which token it is sent is kept first: asked for again, AWS answers with
 * the execution that there is, and sends nothing twice.
 */
export const createCommandKind = ({ jobsData, arns }: CommandParts): Kind<CommandChange, undefined> => ({
  async prepare(_, { kind: __, ...run }) {
    return { outcome: 'would-change', changes: [{ path: '$', afterText: JSON.stringify(run) }], plan: undefined }
  },

  async apply(thingName, { kind: _, ...run }, __, { made, keep, turn }: KindContext) {
    const commandToken = made.commandToken ?? randomUUID()
    if (made.commandToken === undefined) await keep({ commandToken })
    await turn()
    const executionId = await startCommand(jobsData, arns, {
      ...run,
      target: { thingName },
      clientToken: commandToken,
    })
    await keep({ commandToken, executionId })
    return undefined
  },

  written: (thingName, _, changes) => [{ action: 'StartCommandExecution', resource: arns.thing(thingName), changes }],
})
