import {
  DeleteCommandExecutionCommand,
  GetCommandExecutionCommand,
  type IoTClient,
  ListCommandExecutionsCommand,
} from '@aws-sdk/client-iot'
import type {
  CommandExecution,
  CommandExecutionPage,
  CommandExecutionSummary,
  CommandTarget,
  endpoints,
  QueryOf,
} from '@thingdeck/contract'
import type { Arns } from '../../aws/arns.ts'
import { isoTime, present } from '../../aws/present.ts'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { base64Of, commandArn, commandTargetArn, fromAws, mapValues } from '../../aws/start-command.ts'
import { Problem } from '../../problem.ts'

/** Executions of commands. Errors are AWS's own. */
export interface CommandExecutions {
  /** @throws {Problem} BAD_REQUEST where it is not said of what, or of two devices at once */
  list(query: QueryOf<typeof endpoints.listCommandExecutions>): Promise<CommandExecutionPage>
  /** @throws {Problem} BAD_REQUEST where two devices are named; so with `delete` */
  describe(executionId: string, target: CommandTarget): Promise<CommandExecution>
  delete(executionId: string, target: CommandTarget): Promise<void>
}

const MINUTE_MS = 60_000
/** AWS IoT API reference, ListCommandExecutions. */
const MOST_AT_ONCE = 100

export function createCommandExecutions(
  iot: IoTClient,
  arns: Pick<Arns, 'prefix' | 'thing' | 'client'>,
): CommandExecutions {
  function oneTargetArn(target: CommandTarget): string {
    if (target.thingName !== undefined && target.clientId !== undefined)
      throw new Problem('BAD_REQUEST', 'Name the device by thingName or by clientId, not by both.')
    return commandTargetArn(arns, target)
  }

  return {
    async list({
      commandId,
      thingName,
      clientId,
      status,
      startedAfter,
      startedBefore,
      maxResults = MOST_AT_ONCE,
      nextToken: first,
    }) {
      const devices = [thingName, clientId].filter((each) => each !== undefined)
      if (devices.length > 1 || (devices.length === 0 && commandId === undefined))
        throw new Problem('BAD_REQUEST', 'Name a command, a thing or a client, or a command and one of the others.')
      const startedTimeFilter = {
        ...(startedAfter !== undefined && { after: minuteOf(startedAfter, Math.floor) }),
        ...(startedBefore !== undefined && { before: minuteOf(startedBefore, Math.ceil) }),
      }
      // AWS lists those of a command or of a device; of both, the console leaves out the others.
      const ofDevice = devices.length === 1
      const { items, nextToken } = await siftedPage<CommandExecutionSummary>(
        {
          nextToken: first,
          maxResults,
          nameOf: ({ executionId }) => executionId,
          ...(ofDevice &&
            commandId !== undefined && { sift: async (all) => all.filter((each) => each.commandId === commandId) }),
        },
        async ({ size, token }) => {
          const answer = await iot.send(
            new ListCommandExecutionsCommand({
              namespace: 'AWS-IoT',
              status,
              maxResults: Math.min(size, MOST_AT_ONCE),
              nextToken: token,
              ...(ofDevice
                ? { targetArn: commandTargetArn(arns, present({ thingName, clientId })) }
                : { commandArn: commandArn(arns, commandId ?? '') }),
              ...(Object.keys(startedTimeFilter).length > 0 && { startedTimeFilter }),
            }),
          )
          return { items: (answer.commandExecutions ?? []).map(summaryOf), nextToken: answer.nextToken }
        },
      )
      return { executions: items, ...(nextToken && { nextToken }) }
    },

    async describe(executionId, target) {
      const targetArn = oneTargetArn(target)
      const found = await iot.send(new GetCommandExecutionCommand({ executionId, targetArn, includeResult: true }))
      const { statusReason, result, parameters } = found
      return {
        ...summaryOf({ ...found, executionId, targetArn }),
        ...present({
          lastUpdatedAt: isoTime(found.lastUpdatedAt),
          timeToLive: isoTime(found.timeToLive),
          executionTimeoutSeconds: found.executionTimeoutSeconds,
          statusReason: statusReason && {
            reasonCode: statusReason.reasonCode ?? '',
            ...present({ reasonDescription: statusReason.reasonDescription }),
          },
          result: result && mapValues(result, ({ BIN, ...rest }) => present({ ...rest, BIN: base64Of(BIN) })),
          parameters: parameters && mapValues(parameters, fromAws),
        }),
      }
    },

    async delete(executionId, target) {
      await iot.send(new DeleteCommandExecutionCommand({ executionId, targetArn: oneTargetArn(target) }))
    },
  }
}

/** `2026-01-31T09:30`, in UTC (AWS IoT API reference, TimeFilter). */
const minuteOf = (time: string, round: (minutes: number) => number): string =>
  new Date(round(Date.parse(time) / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 16)

interface SummaryOfAws {
  readonly commandArn?: string | undefined
  readonly executionId?: string | undefined
  readonly targetArn?: string | undefined
  readonly status?: string | undefined
  readonly createdAt?: Date | undefined
  readonly startedAt?: Date | undefined
  readonly completedAt?: Date | undefined
}

const summaryOf = (found: SummaryOfAws): CommandExecutionSummary => ({
  executionId: found.executionId ?? '',
  commandId: nameIn(found.commandArn),
  target: targetOf(found.targetArn),
  targetArn: found.targetArn ?? '',
  status: found.status ?? '',
  ...present({
    createdAt: isoTime(found.createdAt),
    startedAt: isoTime(found.startedAt),
    completedAt: isoTime(found.completedAt),
  }),
})

/** `arn:aws:iot:REGION:ACCOUNT:command/NAME` → `NAME`. */
const nameIn = (arn = ''): string => arn.slice(arn.indexOf('/') + 1)

function targetOf(arn = ''): CommandTarget {
  const kind = /^[^:]*(?::[^:]*){4}:(thing|client)\//.exec(arn)?.[1]
  if (kind === 'thing') return { thingName: nameIn(arn) }
  return kind === 'client' ? { clientId: nameIn(arn) } : {}
}
